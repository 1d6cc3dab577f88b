package uz.koprik.indicators.translate.misp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.pattern.AssertedValue;
import uz.koprik.indicators.pattern.ComparisonExpression;
import uz.koprik.indicators.pattern.Constant;
import uz.koprik.indicators.pattern.ObjectPath;
import uz.koprik.indicators.pattern.ObservationExpression;
import uz.koprik.indicators.pattern.Pattern;
import uz.koprik.indicators.pattern.PatternSyntaxError;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.ObservableIds;
import uz.koprik.indicators.stix.values.Uuid5;

/** The observables that a comparison is true of: what was seen, where a pattern says what to look for. */
final class ObservedGraph {

    /**
     * Type of the object that a reference leads to when no comparison names it; that of an address follows from its
     * text.
     */
    private static final Map<String, String> REFERRED = Map.of(
            "from_ref", "email-addr", "to_refs", "email-addr", "body_raw_ref", "file", "resolves_to_refs", "ipv4-addr");

    /** What STIX demands besides the values (sections 6.6 and 6.12); MISP does not say which protocol it was. */
    private static final Map<String, Map<String, Json>> DEMANDED = Map.of(
            "network-traffic", Map.of("protocols", new JsonArray(List.of(new JsonString("tcp")))),
            "email-message", Map.of("is_multipart", new JsonBoolean(false)));

    /** A property being put together: members by name, or items of a list. */
    private static final class Node {
        final Map<String, Object> members = new LinkedHashMap<>();
        String type = "";
    }

    private final List<JsonObject> objects = new ArrayList<>();
    private final List<String> roots = new ArrayList<>();
    private final Optional<Tlp> tlp;

    private ObservedGraph(Optional<Tlp> tlp) {
        this.tlp = tlp;
    }

    /**
     * The observables, each after those it refers to.
     *
     * @param comparison equalities joined by AND, without brackets
     * @param tlp marking that each of them carries
     */
    static ObservedGraph of(String comparison, Optional<Tlp> tlp) {
        ObservedGraph graph = new ObservedGraph(tlp);
        Map<String, Node> byType = new LinkedHashMap<>();
        try {
            for (AssertedValue term : Pattern.parse('[' + comparison + ']').assertedValues()) {
                String type = term.path().objectType();
                Node root = byType.computeIfAbsent(type, t -> new Node());
                root.type = type;
                put(root, term.path().steps(), 0, term.value());
            }
        } catch (PatternSyntaxError e) {
            throw new IllegalArgumentException("the comparison was not written here", e);
        }
        byType.values().forEach(root -> graph.roots.add(graph.write(root)));
        return graph;
    }

    /** The observables themselves. */
    List<JsonObject> objects() {
        return objects;
    }

    /** The ids of all of them. */
    List<String> ids() {
        return objects.stream()
                .map(o -> o.string("id").orElseThrow())
                .distinct()
                .toList();
    }

    private static void put(Node node, List<ObjectPath.Step> steps, int at, Constant value) {
        String name = ((ObjectPath.Key) steps.get(at)).name();
        boolean list = at + 1 < steps.size() && !(steps.get(at + 1) instanceof ObjectPath.Key);
        int next = at + (list ? 2 : 1);
        if (next == steps.size()) {
            node.members.put(name, json(value));
            return;
        }
        Node below = (Node) node.members.computeIfAbsent(list ? name + "[]" : name, n -> new Node());
        if (name.endsWith("_ref") || name.endsWith("_refs")) {
            if (steps.get(next) instanceof ObjectPath.Key key && key.name().equals("type")) {
                below.type = ((Constant.StringConstant) value).value();
                return;
            }
            if (below.type.isEmpty()) {
                below.type = REFERRED.getOrDefault(name, "");
            }
            if (below.type.equals("ipv4-addr")
                    && value instanceof Constant.StringConstant s
                    && s.value().indexOf(':') >= 0) {
                below.type = "ipv6-addr";
            }
        }
        put(below, steps, next, value);
    }

    private static Json json(Constant value) {
        return switch (value) {
            case Constant.IntegerConstant integer ->
                new JsonNumber(integer.value().longValue());
            case Constant.StringConstant string -> new JsonString(string.value());
            default -> throw new IllegalArgumentException("the tables have texts and whole numbers only");
        };
    }

    /** Writes an observable and those below it; returns its id. */
    private String write(Node node) {
        JsonObject.Builder out = JsonObject.builder().put("type", node.type).put("spec_version", "2.1");
        DEMANDED.getOrDefault(node.type, Map.of()).forEach(out::put);
        members(node, out);
        tlp.ifPresent(marking -> out.putStrings("object_marking_refs", List.of(Markings.id(marking))));
        JsonObject bare = out.build();
        String id = (saysOneThing(bare) ? ObservableIds.of(bare) : Optional.<String>empty())
                .orElseGet(() -> node.type + "--" + Uuid5.koprik("misp-observable", CanonicalJson.text(bare)));
        if (objects.stream().noneMatch(o -> id.equals(o.string("id").orElse("")))) {
            objects.add(bare.with("id", new JsonString(id)));
        }
        return id;
    }

    /**
     * Whether it has one property and no marking. Only then does the id that STIX derives (section 2.9) stand for all
     * of it: observables have no versions, and two of one id that differ, in a marking say, could not both be kept.
     */
    private static boolean saysOneThing(JsonObject observable) {
        return observable.size() == 3
                && observable.object("hashes").map(hashes -> hashes.size() == 1).orElse(true);
    }

    private void members(Node node, JsonObject.Builder out) {
        node.members.forEach((name, value) -> {
            boolean list = name.endsWith("[]");
            String plain = list ? name.substring(0, name.length() - 2) : name;
            Json json =
                    switch (value) {
                        case Json leaf -> leaf;
                        case Node below when !below.type.isEmpty() -> new JsonString(write(below));
                        case Node below -> {
                            JsonObject.Builder nested = JsonObject.builder();
                            members(below, nested);
                            yield nested.build();
                        }
                        default -> throw new IllegalStateException();
                    };
            out.put(plain, list ? new JsonArray(List.of(json)) : json);
        });
    }

    /**
     * The way back: the value under a path of a pattern among observables.
     *
     * @param refs ids of the observables that were observed
     * @param byId finds an observable
     */
    static Optional<Constant> value(String path, List<String> refs, Map<String, JsonObject> byId) {
        ObjectPath parsed = path(path);
        List<ObjectPath.Step> steps = parsed.steps();
        String type = parsed.objectType();
        for (String ref : refs) {
            JsonObject object = byId.get(ref);
            if (object != null && type.equals(object.string("type").orElse(""))) {
                Optional<Constant> found = walk(object, steps, byId);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static ObjectPath path(String text) {
        try {
            return Pattern.parse("[EXISTS " + text + ']').root() instanceof ObservationExpression.Observation o
                            && o.comparison() instanceof ComparisonExpression.Exists exists
                    ? exists.path()
                    : null;
        } catch (PatternSyntaxError e) {
            throw new IllegalArgumentException("the path was not written here", e);
        }
    }

    private static Optional<Constant> walk(JsonObject from, List<ObjectPath.Step> steps, Map<String, JsonObject> byId) {
        Json at = from;
        for (ObjectPath.Step step : steps) {
            if (at instanceof JsonString id && byId.containsKey(id.value())) {
                at = byId.get(id.value());
            }
            at = switch (step) {
                case ObjectPath.Key key -> at instanceof JsonObject object ? object.get(key.name()) : null;
                default ->
                    at instanceof JsonArray array && !array.items().isEmpty()
                            ? array.items().getFirst()
                            : null;
            };
        }
        return Optional.ofNullable(
                switch (at) {
                    case JsonString s -> new Constant.StringConstant(s.value());
                    case JsonNumber n
                    when n.integer() -> new Constant.IntegerConstant(java.math.BigInteger.valueOf(n.longValue()));
                    case null, default -> null;
                });
    }
}
