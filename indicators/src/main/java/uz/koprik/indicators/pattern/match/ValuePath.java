package uz.koprik.indicators.pattern.match;

import java.util.List;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.pattern.ObjectPath;

/**
 * The steps of an object path (section 9.7) from an object down to its values, through references to other objects.
 *
 * <p>The comparison holds when it holds for one of the values. A path that leads nowhere has none.
 */
final class ValuePath {

    /** More would only go round in circles of references. */
    static final int MAX_STEPS = 100;

    private enum Reference {
        NONE,
        ONE,
        LIST
    }

    private final ObjectPath.Step[] steps;
    /** By step: whether its property holds references. */
    private final Reference[] references;

    private final Encoding encoding;

    ValuePath(List<ObjectPath.Step> path) throws UnmatchablePattern {
        if (path.size() > MAX_STEPS) {
            throw new UnmatchablePattern("a path has more than " + MAX_STEPS + " steps");
        }
        steps = path.toArray(ObjectPath.Step[]::new);
        references = new Reference[steps.length];
        for (int i = 0; i < steps.length; i++) {
            references[i] = steps[i] instanceof ObjectPath.Key(String name) ? reference(name) : Reference.NONE;
        }
        encoding = steps[steps.length - 1] instanceof ObjectPath.Key(String name) ? Encoding.of(name) : Encoding.NONE;
    }

    private static Reference reference(String name) {
        return name.endsWith("_ref") ? Reference.ONE : name.endsWith("_refs") ? Reference.LIST : Reference.NONE;
    }

    Verdict test(JsonObject root, Observation observation, ValueTest test, Work work) throws MatchFailure {
        return walk(root, 0, observation, test, work);
    }

    private Verdict walk(Json value, int at, Observation observation, ValueTest test, Work work) throws MatchFailure {
        work.spend(1);
        if (at == steps.length) {
            return test.test(value, encoding, work);
        }
        return switch (steps[at]) {
            case ObjectPath.Key(String name) -> {
                Json member = value instanceof JsonObject object ? object.get(name) : null;
                if (member == null) {
                    yield Verdict.FALSE;
                }
                yield references[at] == Reference.ONE && at + 1 < steps.length
                        ? dereferenced(member, at + 1, observation, test, work)
                        : walk(member, at + 1, observation, test, work);
            }
            case ObjectPath.Index(int index) -> {
                List<Json> items = value instanceof JsonArray array ? array.items() : List.of();
                int place = index < 0 ? items.size() + index : index;
                yield place >= 0 && place < items.size()
                        ? item(items.get(place), at, observation, test, work)
                        : Verdict.FALSE;
            }
            case ObjectPath.AnyItem any -> {
                Verdict verdict = Verdict.FALSE;
                for (Json item : value instanceof JsonArray array ? array.items() : List.<Json>of()) {
                    verdict = verdict.or(item(item, at, observation, test, work));
                    if (verdict == Verdict.TRUE) {
                        break;
                    }
                }
                yield verdict;
            }
        };
    }

    private Verdict item(Json item, int at, Observation observation, ValueTest test, Work work) throws MatchFailure {
        boolean reference = references[at - 1] == Reference.LIST && at + 1 < steps.length;
        return reference
                ? dereferenced(item, at + 1, observation, test, work)
                : walk(item, at + 1, observation, test, work);
    }

    /** A reference whose object was not observed along leads nowhere. */
    private Verdict dereferenced(Json reference, int at, Observation observation, ValueTest test, Work work)
            throws MatchFailure {
        if (!(reference instanceof JsonString id)) {
            return work.unknown("a property named …_ref or …_refs holds something else than an identifier");
        }
        JsonObject object = observation.resolve(id.value());
        return object == null ? Verdict.FALSE : walk(object, at, observation, test, work);
    }
}
