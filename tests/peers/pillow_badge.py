"""CPU milliseconds Pillow takes for what brother_ql does to one badge page: text and code onto a grey
page, threshold, mirror, and raster rows packed one by one. Printed alone; bench_badge reads it."""
import time

from PIL import Image, ImageDraw, ImageFont, ImageOps

W, H, ROW = 696, 1109, 90
BOLD = "/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf"
PLAIN = "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"


def packbits(row):
    out, i = bytearray(), 0
    while i < len(row):
        run = 1
        while i + run < len(row) and run < 128 and row[i + run] == row[i]:
            run += 1
        if run > 1:
            out += bytes((257 - run, row[i]))
            i += run
            continue
        start = i
        while i < len(row) and i - start < 128 and (i + 1 >= len(row) or row[i] != row[i + 1]):
            i += 1
        out += bytes((i - start - 1,)) + row[start:i]
    return bytes(out)


def badge(n):
    page = Image.new("L", (W, H), 255)
    draw = ImageDraw.Draw(page)
    for y, size, text, face in ((200, 90, "Anne", BOLD), (310, 90, f"Peeters {n}", BOLD),
                                (450, 36, "Directrice du développement", PLAIN),
                                (520, 40, "Fédération des industries", BOLD)):
        draw.text((40, y), text, fill=0, font=ImageFont.truetype(face, size))
    for y in range(29):
        for x in range(29):
            if (x * 7 + y * 13 + n) % 3 == 0:
                draw.rectangle((400 + 7 * x, 760 + 7 * y, 406 + 7 * x, 766 + 7 * y), fill=0)
    bits = ImageOps.mirror(page.point(lambda p: 255 if p < 178 else 0, "1"))
    full = Image.new("1", (ROW * 8, H), 0)
    full.paste(bits, (12, 0))
    data = full.tobytes()
    return b"".join(b"\x67\x00" + bytes((len(p),)) + p
                    for p in (packbits(data[i:i + ROW]) for i in range(0, len(data), ROW)))


took = []
for n in range(12):
    start = time.process_time()
    badge(n)
    took.append(time.process_time() - start)
print(f"{sorted(took)[len(took) // 2] * 1000:.2f}")
