package io.github.mmevol.core.internal.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The one place where JSON mappers are configured; trees only, no data binding. */
public final class Json {
    /** Texts for which a loop is no slower than copies. */
    private static final int SHORT = 256;

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    private static final JsonMapper DATA = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    private static final JsonMapper LENIENT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(100).build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(
                    JsonReadFeature.ALLOW_JAVA_COMMENTS,
                    JsonReadFeature.ALLOW_TRAILING_COMMA,
                    JsonReadFeature.ALLOW_SINGLE_QUOTES,
                    JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES,
                    JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
                    JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS,
                    JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS,
                    JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private Json() {}

    /** The mapper for JSON as the standard has it; numbers keep their digits. */
    public static JsonMapper strict() {
        return STRICT;
    }

    /** The mapper for data files: as the standard has it, but with NaN as Python writes it, and texts of any length. */
    public static JsonMapper data() {
        return DATA;
    }

    /**
     * The mapper for JSON as models write it: comments, trailing commas, single quotes, raw control characters. It reads
     * one value and leaves what follows alone, refuses more than 100 levels, and refuses unknown escapes such as
     * {@code \\(}, whose backslash it could only lose.
     */
    public static JsonMapper lenient() {
        return LENIENT;
    }

    /** An empty object. */
    public static ObjectNode object() {
        return STRICT.createObjectNode();
    }

    /** An empty array. */
    public static ArrayNode array() {
        return STRICT.createArrayNode();
    }

    /**
     * Reads one JSON value.
     *
     * @throws JacksonException if the text is not JSON
     */
    public static JsonNode parse(String text) {
        return tree(() -> STRICT.readTree(text));
    }

    /**
     * What a reading gives.
     *
     * @throws JacksonException if it is not JSON, or holds a number whose exponent is beyond all bounds, which Jackson tells
     *     otherwise
     */
    public static JsonNode tree(Supplier<JsonNode> reading) {
        try {
            return reading.get();
        } catch (NumberFormatException e) {
            throw new StreamReadException("a number is beyond all bounds");
        }
    }

    /** The value as compact JSON text. */
    public static String write(JsonNode node) {
        if (node.isString()) {
            StringBuilder quoted = new StringBuilder().append('"');
            JsonStringEncoder.getInstance().quoteAsString(node.stringValue(), quoted);
            return quoted.append('"').toString();
        }
        return STRICT.writeValueAsString(node);
    }

    /**
     * The value as compact JSON text that has a UTF-8 form: half of a surrogate pair, which has none, is escaped and so
     * stays what it was.
     */
    public static String writeUtf8(JsonNode node) {
        return escaped(write(node));
    }

    /** The same, encoded. */
    public static byte[] utf8(JsonNode node) {
        return STRICT.writeValueAsBytes(node);
    }

    /** The same over several lines, for people who read it. */
    public static String writePretty(JsonNode node) {
        return escaped(STRICT.writerWithDefaultPrettyPrinter().writeValueAsString(node));
    }

    private static String escaped(String json) {
        if (!hasSurrogates(json)) {
            return json;
        }
        StringBuilder escaped = new StringBuilder(json.length() + 16);
        json.codePoints().forEach(c -> {
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                escaped.append("\\u").append(Integer.toHexString(c));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    /** Whether a text holds surrogates, in pairs or alone. */
    public static boolean hasSurrogates(String text) {
        // copies and comparisons of whole arrays take a tenth of the time of a loop, and most texts are Latin
        if (text.length() > SHORT
                && text.equals(new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1))) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** A number with the fewest digits that give the same double again. */
    public static BigDecimal number(double value) {
        return BigDecimal.valueOf(value);
    }
}
