// The one C++ file: libzxing has no other interface.
#include <cstring>
#include <new>

#define ZX_USE_UTF8
#include <ZXing/ReadBarcode.h>

extern "C" {
#include "zxing.h"
}

static bool text_in(const std::string &text, struct reading *out)
{
	out->n = 0;
	out->text[0] = '\0';
	if (text.empty() || text.size() > READING_TEXT)
		return false;
	std::memcpy(out->text, text.data(), text.size());
	out->text[text.size()] = '\0';
	out->n = text.size();
	return true;
}

// Bytes that are UTF-8 are taken as they are: guessing can only do harm to them.
static bool result_in(const ZXing::Result &result, struct reading *out)
{
	const ZXing::ByteArray &bytes = result.bytes();
	bool plain = span_is_utf8({bytes.data(), bytes.size()});

	if (!text_in(plain ? std::string(bytes.begin(), bytes.end()) : result.text(), out))
		return false;
	for (size_t i = 0; i < 4; i++)
		out->corner[i] = {result.position()[i].x, result.position()[i].y};
	return true;
}

static enum err read_symbols(
	const struct luma *l, unsigned symbols_max, const char *path, reading_sink *sink, void *to)
{
	ZXing::ImageView view(l->at, static_cast<int>(l->width), static_cast<int>(l->height),
		ZXing::ImageFormat::Lum, static_cast<int>(l->stride));
	ZXing::DecodeHints hints;
	struct reading r;
	enum err answer = ERR_ABSENT;

	hints.setFormats(ZXing::BarcodeFormat::QRCode);
	hints.setMaxNumberOfSymbols(static_cast<uint8_t>(symbols_max));
	for (const ZXing::Result &result : ZXing::ReadBarcodes(view, hints)) {
		if (!result.isValid() || !result_in(result, &r))
			continue;
		r.path = path;
		sink(to, &r);
		answer = OK;
	}
	return answer;
}

// No exception leaves: the caller is C.
enum err zxing_read(
	const struct luma *l, unsigned symbols_max, const char *path, reading_sink *sink, void *to)
{
	if (!luma_sound(l))
		return ERR_FORMAT;
	try {
		return read_symbols(l, symbols_max, path, sink, to);
	} catch (const std::bad_alloc &) {
		return ERR_IO;
	} catch (const std::exception &) {
		return ERR_ABSENT;
	}
}

enum err zxing_text(struct span bytes, struct reading *out)
{
	try {
		if (span_is_utf8(bytes))
			return text_in(std::string(bytes.p, bytes.p + bytes.n), out) ? OK
										     : ERR_FULL;
		ZXing::Content content(ZXing::ByteArray(static_cast<int>(bytes.n)), {'Q', '1'});
		std::memcpy(content.bytes.data(), bytes.p, bytes.n);
		return text_in(content.utf8(), out) ? OK : ERR_FULL;
	} catch (const std::exception &) {
		return ERR_IO;
	}
}
