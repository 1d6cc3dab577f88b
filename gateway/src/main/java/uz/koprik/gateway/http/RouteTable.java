package uz.koprik.gateway.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * All routes of the server with their query parameters and media types. A request with a parameter that its route does
 * not declare, or with one parameter twice, is answered 400, unless the route declares it with a {@code *} at its end.
 * A route that declares none therefore takes none.
 */
public final class RouteTable {

    private static final String ROUTE = DeclaredRoute.class.getName();

    private final Router router;
    private final Guard guard;
    private final List<DeclaredRoute> declared = new ArrayList<>();

    /** Decides who may use a route, before anything else of the request is looked at. */
    public interface Guard {

        /**
         * What is asked of each request of a route. It never blocks, and throws a {@link Problem} that refuses the
         * request.
         *
         * @param route as it is mounted
         */
        Consumer<RoutingContext> on(DeclaredRoute route);
    }

    /** What the body of a request must be. */
    public enum Content {
        /** The route reads no body. */
        NONE("", ""),
        /** JSON of any kind; the default of routes with a body. */
        JSON("application/json", "application/json"),
        /** A JSON question or a plain text. */
        JSON_OR_TEXT("application/json", "application/json or text/plain"),
        /** A mapping of cases. */
        YAML("application/yaml", "application/yaml or text/plain"),
        /** Fields of a form, as OAuth 2.0 has them. */
        FORM("application/x-www-form-urlencoded", "application/x-www-form-urlencoded"),
        /** The route checks the type itself. */
        CHECKED_BY_ROUTE("application/taxii+json;version=2.1", ""),
        /** A file of any type. */
        FILE("application/octet-stream", "");

        private final String example;
        private final String inWords;

        Content(String example, String inWords) {
            this.example = example;
            this.inWords = inWords;
        }

        /** A media type that the route takes; empty when it reads no body. */
        public String example() {
            return example;
        }

        private boolean takes(String mediaType) {
            String type = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
            boolean json =
                    type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
            return switch (this) {
                case NONE, CHECKED_BY_ROUTE, FILE -> true;
                case JSON -> json;
                case FORM -> type.equals("application/x-www-form-urlencoded");
                case JSON_OR_TEXT -> json || type.equals("text/plain");
                case YAML -> type.equals("text/plain") || type.endsWith("/yaml") || type.endsWith("/x-yaml");
            };
        }
    }

    /**
     * A mounted route.
     *
     * @param path with a colon before the name of each variable part; {@code *} at its end stands for any rest
     * @param parameters the query parameters that it takes
     * @param repeatable those of them that may be there several times
     * @param content what its body must be
     */
    public record DeclaredRoute(
            HttpMethod method, String path, Set<String> parameters, Set<String> repeatable, Content content) {

        public DeclaredRoute {
            parameters = Collections.unmodifiableSet(new LinkedHashSet<>(parameters));
            repeatable = Set.copyOf(repeatable);
        }

        /** @param names of parameters; one that ends in {@code *} may be there several times */
        private static DeclaredRoute of(HttpMethod method, String path, Content content, String... names) {
            Set<String> parameters = new LinkedHashSet<>();
            Set<String> repeatable = new LinkedHashSet<>();
            for (String name : names) {
                String bare = name.endsWith("*") ? name.substring(0, name.length() - 1) : name;
                parameters.add(bare);
                if (!bare.equals(name)) {
                    repeatable.add(bare);
                }
            }
            return new DeclaredRoute(method, path, parameters, repeatable, content);
        }

        private boolean matches(String[] segments) {
            if (path.endsWith("*")) {
                return String.join("/", segments).startsWith(path.substring(0, path.length() - 1));
            }
            String[] own = path.split("/", 0);
            if (own.length != segments.length) {
                return false;
            }
            for (int i = 0; i < own.length; i++) {
                if (!own[i].startsWith(":") && !own[i].equals(segments[i])) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * @param router to mount the routes on
     * @param guard decides who may use each
     */
    public RouteTable(Router router, Guard guard) {
        this.router = router;
        this.guard = guard;
    }

    /** A route that reads. */
    public Route get(String path, String... parameters) {
        return add(HttpMethod.GET, path, Content.NONE, parameters);
    }

    /**
     * A route to which another site sends browsers, with parameters of its own beside these: the route ignores others
     * (RFC 6749, section 4.1.2).
     */
    public Route getFromElsewhere(String path, String... parameters) {
        DeclaredRoute route = DeclaredRoute.of(HttpMethod.GET, path, Content.NONE, parameters);
        declared.add(route);
        Consumer<RoutingContext> allowed = guard.on(route);
        return router.route(HttpMethod.GET, path).handler(request -> {
            request.put(ROUTE, route);
            allowed.accept(request);
            request.next();
        });
    }

    /** A route that removes. */
    public Route delete(String path, String... parameters) {
        return add(HttpMethod.DELETE, path, Content.NONE, parameters);
    }

    /** A route that takes JSON. */
    public Route post(String path, String... parameters) {
        return post(path, Content.JSON, parameters);
    }

    /** A route that takes {@code content}. */
    public Route post(String path, Content content, String... parameters) {
        return add(HttpMethod.POST, path, content, parameters);
    }

    /** A route that takes JSON. */
    public Route put(String path, String... parameters) {
        return put(path, Content.JSON, parameters);
    }

    /** A route that takes {@code content}. */
    public Route put(String path, Content content, String... parameters) {
        return add(HttpMethod.PUT, path, content, parameters);
    }

    /** A route that takes JSON. */
    public Route patch(String path, String... parameters) {
        return add(HttpMethod.PATCH, path, Content.JSON, parameters);
    }

    /** The routes in the order in which they were mounted. */
    public List<DeclaredRoute> declared() {
        return List.copyOf(declared);
    }

    /** The methods that there are for {@code path}, for the header {@code Allow} (RFC 9110, section 10.2.1). */
    String allowed(String path) {
        String[] segments = path.split("/", 0);
        Set<String> methods = new TreeSet<>();
        declared.stream()
                .filter(route -> route.matches(segments))
                .forEach(route -> methods.add(route.method().name()));
        return String.join(", ", methods);
    }

    private Route add(HttpMethod method, String path, Content content, String... parameters) {
        DeclaredRoute route = DeclaredRoute.of(method, path, content, parameters);
        declared.add(route);
        // TAXII has a slash at the end of every path; clients that leave it out mean the same.
        String mounted = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        Consumer<RoutingContext> allowed = guard.on(route);
        return router.route(method, mounted).handler(request -> check(request, route, allowed));
    }

    /** The declared route that serves a request; empty before it is found, and where there is none. */
    public static Optional<DeclaredRoute> of(RoutingContext request) {
        return Optional.ofNullable(request.get(ROUTE));
    }

    private static void check(RoutingContext request, DeclaredRoute route, Consumer<RoutingContext> allowed) {
        request.put(ROUTE, route);
        allowed.accept(request);
        HttpServerRequest http = request.request();
        QueryNames.check(http.query(), route.parameters(), route.repeatable());
        if (route.content() != Content.NONE && route.content() != Content.FILE) {
            checkContent(request, http, route.content());
        }
        request.next();
    }

    /** JSON that systems exchange is UTF-8 without a byte order mark (RFC 8259, section 8.1). */
    private static void checkUtf8(Buffer body) {
        int first = body.getByte(0) & 0xFF;
        int second = body.length() > 1 ? body.getByte(1) & 0xFF : ' ';
        int third = body.length() > 2 ? body.getByte(2) & 0xFF : ' ';
        if (first == 0xEF && second == 0xBB && third == 0xBF) {
            throw new Problem(
                    400,
                    "Byte order mark",
                    "the body begins with a byte order mark (EF BB BF at byte 0), which JSON on the"
                            + " wire must not have (RFC 8259, section 8.1); leave out these three bytes");
        }
        if (first == 0 || second == 0 || first >= 0xFE) {
            throw new Problem(
                    400,
                    "Not UTF-8",
                    "the body is not UTF-8 (byte 0 or 1 shows UTF-16 or UTF-32); JSON on the wire must be"
                            + " (RFC 8259, section 8.1)");
        }
    }

    static void checkContent(RoutingContext request, HttpServerRequest http, Content content) {
        String type = http.getHeader(HttpHeaders.CONTENT_TYPE);
        boolean empty =
                request.body().buffer() == null || request.body().buffer().length() == 0;
        if (empty) {
            return;
        }
        if ((type == null ? content != Content.CHECKED_BY_ROUTE : !content.takes(type))) {
            throw new Problem(
                    415,
                    "Unsupported media type",
                    "this resource takes " + content.inWords
                            + "; name the type of the body in the header Content-Type");
        }
        if (content != Content.YAML
                && !(type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("text/"))) {
            checkUtf8(request.body().buffer());
        }
    }
}
