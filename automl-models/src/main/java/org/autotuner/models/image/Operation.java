package org.autotuner.models.image;

/** What augmentation policies do to an image. Signed ones take either direction. */
enum Operation {
    IDENTITY(false),
    AUTOCONTRAST(false),
    EQUALIZE(false),
    ROTATE(true),
    SOLARIZE(false),
    POSTERIZE(false),
    COLOUR(true),
    CONTRAST(true),
    BRIGHTNESS(true),
    SHARPNESS(true),
    SHEAR_X(true),
    SHEAR_Y(true),
    TRANSLATE_X(true),
    TRANSLATE_Y(true),
    INVERT(false);

    private final boolean isSigned;

    Operation(boolean isSigned) {
        this.isSigned = isSigned;
    }

    boolean isSigned() {
        return isSigned;
    }

    /**
     * Applies it.
     *
     * @param amount degrees, pixels, slope, what is added to a factor of 1, bits that stay, or threshold of 0 to 255
     * @param scratch at least a plane long
     */
    void apply(float[] image, int at, Frame frame, double amount, float[] scratch) {
        switch (this) {
            case IDENTITY -> {}
            case AUTOCONTRAST -> Tones.autocontrast(image, at, frame);
            case EQUALIZE -> Tones.equalize(image, at, frame);
            case ROTATE -> {
                double cos = Math.cos(Math.toRadians(amount));
                double sin = Math.sin(Math.toRadians(amount));
                Warp.affine(image, at, frame, cos, -sin, 0, sin, cos, 0, scratch);
            }
            case SOLARIZE -> Tones.solarize(image, at, frame, amount);
            case POSTERIZE -> Tones.posterize(image, at, frame, (int) amount);
            case COLOUR -> Tones.colour(image, at, frame, 1 + amount);
            case CONTRAST -> Tones.contrast(image, at, frame, 1 + amount);
            case BRIGHTNESS -> Tones.brightness(image, at, frame, 1 + amount);
            case SHARPNESS -> Tones.sharpness(image, at, frame, 1 + amount, scratch);
            case SHEAR_X -> Warp.affine(image, at, frame, 1, amount, 0, 0, 1, 0, scratch);
            case SHEAR_Y -> Warp.affine(image, at, frame, 1, 0, 0, amount, 1, 0, scratch);
            case TRANSLATE_X -> Warp.shift(image, at, frame, (int) amount, 0, scratch);
            case TRANSLATE_Y -> Warp.shift(image, at, frame, 0, (int) amount, scratch);
            case INVERT -> Tones.invert(image, at, frame);
        }
    }
}
