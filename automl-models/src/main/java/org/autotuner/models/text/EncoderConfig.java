package org.autotuner.models.text;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.autotuner.error.DataException;

/**
 * Size of an encoder of the BERT family.
 *
 * @param width of a token's vector; a multiple of {@code heads}
 * @param inner width of the feed-forward part
 * @param positions most tokens of a text
 * @param epsilon added to variances in the layer normalisation
 */
record EncoderConfig(int layers, int width, int heads, int inner, int vocabulary, int positions, double epsilon) {

    private static final int MOST = 1 << 20;

    EncoderConfig {
        if (layers < 1
                || heads < 1
                || inner < 1
                || vocabulary < 1
                || positions < 3
                || width < 1
                || width % heads != 0) {
            throw new DataException(
                    "An encoder of %d layers, width %d, %d heads, inner width %d, %d words and %d positions is impossible."
                            .formatted(layers, width, heads, inner, vocabulary, positions));
        }
        if (Math.max(Math.max(layers, width), Math.max(inner, positions)) > MOST || !(epsilon > 0 && epsilon < 1)) {
            throw new DataException("The configuration of the encoder is out of range: epsilon %s, width %d."
                    .formatted(epsilon, width));
        }
    }

    /** Multiplications per token, without those of the attention. */
    double products() {
        return layers * (4.0 * width * width + 2.0 * width * inner);
    }

    /** Reads a {@code config.json} of the Hugging Face layout. */
    static EncoderConfig read(Path file) {
        try {
            JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            String type = json.has("model_type") ? json.get("model_type").getAsString() : "bert";
            String activation = json.has("hidden_act") ? json.get("hidden_act").getAsString() : "gelu";
            String position = json.has("position_embedding_type")
                    ? json.get("position_embedding_type").getAsString()
                    : "absolute";
            if (!type.equals("bert") || !activation.equals("gelu") || !position.equals("absolute")) {
                throw new DataException(
                        ("'%s' describes a model of type '%s' with activation '%s' and %s positions, but only 'bert' with 'gelu'"
                                        + " and absolute ones is read (BERT, MiniLM, E5, BGE, GTE). Choose such a model.")
                                .formatted(file, type, activation, position));
            }
            return new EncoderConfig(
                    whole(json, "num_hidden_layers"),
                    whole(json, "hidden_size"),
                    whole(json, "num_attention_heads"),
                    whole(json, "intermediate_size"),
                    whole(json, "vocab_size"),
                    whole(json, "max_position_embeddings"),
                    json.has("layer_norm_eps") ? json.get("layer_norm_eps").getAsDouble() : 1e-12);
        } catch (IOException e) {
            throw new DataException(
                    "'%s' cannot be read: %s. Give a folder in the Hugging Face layout.".formatted(file, e), e);
        } catch (JsonParseException | IllegalStateException | NumberFormatException | UnsupportedOperationException e) {
            throw new DataException("'%s' is no configuration of an encoder: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static int whole(JsonObject json, String name) {
        JsonElement value = json.get(name);
        if (value == null) {
            throw new DataException("The configuration of the encoder lacks '%s'.".formatted(name));
        }
        return value.getAsInt();
    }
}
