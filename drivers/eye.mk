# Loops over pixels are worth the compiler's vectors.
PIXEL_LOOPS := luma luma_filter luma_equalise scan_gate
$(PIXEL_LOOPS:%=$(B)/drivers/%.o): CFLAGS_ROOM += $(if $(filter release,$(MODE)),-O3)
