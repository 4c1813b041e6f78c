package org.autotuner.models.torch;

import java.util.List;

/**
 * What comes first in a network of convolutions: the number inputs as planes, each moved and scaled; {@code h} is [rows,
 * channels, height, width] from here on.
 *
 * @param centres one per channel
 * @param factors one per channel
 */
public record Planes(int channels, int height, int width, List<Float> centres, List<Float> factors) implements Layer {

    public Planes {
        centres = List.copyOf(centres);
        factors = List.copyOf(factors);
    }

    @Override
    public void write(ScriptWriter script) {
        String centre = script.constant("planes.centre", array(centres), 1, channels, 1, 1);
        String factor = script.constant("planes.factor", array(factors), 1, channels, 1, 1);
        script.line("h = torch.view(x, [-1, %s, %s, %s])", channels, height, width);
        script.line("h = (h - %s) * %s", centre, factor);
        script.width(channels * height * width);
        script.fresh(false);
    }

    private static float[] array(List<Float> values) {
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }
}
