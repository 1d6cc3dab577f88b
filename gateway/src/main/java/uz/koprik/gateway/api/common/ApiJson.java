package uz.koprik.gateway.api.common;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Collection;
import java.util.stream.Collectors;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.http.Problem;
import uz.koprik.indicators.wording.Sentence;

/** The wire form of the API: names in snake case as in STIX, absent values left out, unknown members refused. */
public final class ApiJson {

    public static final String JSON = "application/json";

    private static final int MOST_SHOWN = 60;

    /** A form is a small tree: a body of the greatest length must not become a hundred times as much memory. */
    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(64)
            .maxNumberLength(400)
            .maxNameLength(1000)
            .maxStringLength(1 << 30)
            .maxTokenCount(200_000)
            .build();

    private static final ObjectMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build())
            .addModule(new SimpleModule().addDeserializer(String.class, new WholeCharacters()))
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private ApiJson() {}

    /** {@code value} as JSON. */
    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "a view that is no JSON: " + value.getClass().getSimpleName(), e);
        }
    }

    /** Answers with {@code value}, on the event loop. A large answer is compressed where the client takes it. */
    public static Runnable reply(RoutingContext request, int status, Object value) {
        return LargeAnswers.answer(request, status, JSON, bytes(value));
    }

    /**
     * Reads a request body.
     *
     * @throws Problem 400 that names the member which is wrong, and never quotes a value
     */
    public static <T> T read(byte[] body, Class<T> shape) {
        try {
            T value = MAPPER.readValue(body, shape);
            if (value == null) {
                throw bad("the body is null where an object is expected");
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw bad(
                    "the body is nested deeper than 64 levels, or has a number or a name that is too long, or more than 200000 parts"
                            + place(e.getLocation()));
        } catch (UnrecognizedPropertyException e) {
            throw bad("there is no member \"" + shown(e.getPropertyName()) + "\" at " + pointer(e) + "; known ones are "
                    + e.getKnownPropertyIds().stream()
                            .map(Object::toString)
                            .sorted()
                            .collect(Collectors.joining(", ")));
        } catch (LoneSurrogate e) {
            throw bad("the text at " + pointer(e)
                    + " has half of a surrogate pair, which is no character (RFC 8259, section 8.2)");
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof StreamConstraintsException) {
                throw bad("the value at " + pointer(e)
                        + " is nested deeper than 64 levels, or has a number or a name that is too long");
            }
            throw bad((e.getPath().isEmpty() ? "the body" : "the value at " + pointer(e)) + " has the wrong type: "
                    + expected(e));
        } catch (JsonProcessingException e) {
            throw bad("the body is not JSON" + place(e.getLocation()));
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    public static Problem bad(String detail) {
        return new Problem(400, "Bad request", detail);
    }

    /** As {@link #bad(String)}, in a sentence that programs can distinguish. */
    public static Problem bad(Sentence detail) {
        return said(new Problem(400, "Bad request", detail.text()), detail);
    }

    /** The body of an import cannot be read at all. */
    public static Problem unreadable(Sentence why) {
        return said(new Problem(400, ImportFailure.UNREADABLE, why.text()), why);
    }

    private static Problem said(Problem problem, Sentence detail) {
        return problem.having(
                JsonObject.builder().put("sentence", SentenceView.json(detail)).build());
    }

    /** Text as it is, unless a character of it is only half there: such text cannot be written as UTF-8. */
    private static final class WholeCharacters extends StdScalarDeserializer<String> {

        private static final long serialVersionUID = 1L;

        WholeCharacters() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) { // a number is no text
                throw MismatchedInputException.from(parser, String.class, "a string is expected");
            }
            String text = StringDeserializer.instance.deserialize(parser, context);
            for (int i = 0; text != null && i < text.length(); i++) {
                if (Character.isHighSurrogate(text.charAt(i))
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else if (Character.isSurrogate(text.charAt(i))) {
                    throw new LoneSurrogate(parser);
                }
            }
            return text;
        }
    }

    /** Half of a surrogate pair. */
    private static final class LoneSurrogate extends JsonMappingException {

        private static final long serialVersionUID = 1L;

        LoneSurrogate(JsonParser parser) {
            super(parser, "half of a surrogate pair");
        }
    }

    /** Which type is expected, in the words of JSON. */
    private static String expected(JsonMappingException e) {
        Class<?> type = e instanceof MismatchedInputException wrong ? wrong.getTargetType() : null;
        if (type == String.class) {
            return "a string is expected";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false is expected";
        }
        if (type != null && (Number.class.isAssignableFrom(type) || type == int.class || type == long.class)) {
            return "a whole number is expected";
        }
        if (type != null && Collection.class.isAssignableFrom(type)) {
            return "a list is expected";
        }
        return type != null && type.isRecord() ? "an object is expected" : "see /api/openapi.json";
    }

    private static String place(JsonLocation at) {
        return at == null ? "" : ": line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static String shown(String name) {
        return name.length() <= MOST_SHOWN ? name : name.substring(0, MOST_SHOWN) + "…";
    }

    private static String pointer(JsonMappingException e) {
        String path = e.getPath().stream()
                .limit(MOST_SHOWN)
                .map(step -> "/"
                        + (step.getFieldName() == null ? String.valueOf(step.getIndex()) : shown(step.getFieldName())))
                .collect(Collectors.joining());
        return path.isEmpty() ? "/" : path;
    }
}
