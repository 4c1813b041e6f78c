package org.autotuner.examples.bench;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.math.MathContext;

/** One line of results: fields in the order in which they were put, numbers with six digits. */
final class ResultLine {

    private final JsonObject fields = new JsonObject();

    ResultLine put(String name, String value) {
        fields.addProperty(name, value);
        return this;
    }

    ResultLine put(String name, long value) {
        fields.addProperty(name, value);
        return this;
    }

    ResultLine put(String name, boolean value) {
        fields.addProperty(name, value);
        return this;
    }

    /** NaN and infinities become null: JSON has no word for them. */
    ResultLine put(String name, double value) {
        fields.add(name, number(value));
        return this;
    }

    ResultLine put(String name, JsonElement value) {
        fields.add(name, value);
        return this;
    }

    /** An object within the line. */
    ResultLine put(String name, ResultLine value) {
        return put(name, value.fields);
    }

    void print() {
        System.out.println(this);
        System.out.flush();
    }

    @Override
    public String toString() {
        return fields.toString();
    }

    private static JsonElement number(double value) {
        return Double.isFinite(value)
                ? new JsonPrimitive(new BigDecimal(value).round(new MathContext(6)))
                : JsonNull.INSTANCE;
    }
}
