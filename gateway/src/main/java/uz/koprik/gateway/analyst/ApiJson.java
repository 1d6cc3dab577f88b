package uz.koprik.gateway.analyst;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.stream.Collectors;
import uz.koprik.gateway.http.Problem;

/** The wire form of the API: names in snake case as in STIX, absent values left out, unknown members refused. */
final class ApiJson {

    static final String JSON = "application/json";

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private ApiJson() {}

    /** {@code value} as JSON. */
    static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a view that is no JSON: " + value.getClass().getSimpleName(), e);
        }
    }

    /** Answers with {@code value}, on the event loop. */
    static Runnable reply(RoutingContext request, int status, Object value) {
        byte[] body = bytes(value);
        return () -> request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .end(Buffer.buffer(body));
    }

    /**
     * Reads a request body.
     *
     * @throws Problem 400 that names the member which is wrong, and never quotes a value
     */
    static <T> T read(byte[] body, Class<T> shape) {
        try {
            T value = MAPPER.readValue(body, shape);
            if (value == null) {
                throw bad("the body is null where an object is expected");
            }
            return value;
        } catch (UnrecognizedPropertyException e) {
            throw bad("there is no member \"" + e.getPropertyName() + "\" at " + pointer(e) + "; known ones are "
                    + e.getKnownPropertyIds().stream().map(Object::toString).sorted().collect(Collectors.joining(", ")));
        } catch (JsonMappingException e) {
            throw bad("the value at " + pointer(e) + " has the wrong type; see /api/openapi.json");
        } catch (JsonProcessingException e) {
            throw bad("the body is not JSON: line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    static Problem bad(String detail) {
        return new Problem(400, "Bad request", detail);
    }

    private static String pointer(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(step -> "/" + (step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName()))
                .collect(Collectors.joining());
        return path.isEmpty() ? "/" : path;
    }
}
