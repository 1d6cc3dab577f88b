package uz.koprik.gateway.alerts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.gateway.alerts.log.Alert;
import uz.koprik.gateway.alerts.log.CaseMatchAlert;
import uz.koprik.gateway.alerts.log.IdConflictAlert;
import uz.koprik.gateway.alerts.log.OperatorAlert;
import uz.koprik.gateway.alerts.log.UnknownAlert;
import uz.koprik.gateway.intake.IdConflict;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.stix.values.StixId;
import uz.koprik.indicators.store.Provenance;

/**
 * Selects alerts. All fields must match; one word of a field suffices; an empty field does not restrict.
 *
 * @param cases numbers of cases
 * @param kinds codes of kinds of observables, on either side
 * @param producers ids of identities, or names of centres: whose object it is, who signed it, or from whom it came
 * @param crimeTypes types of crime of the case
 * @param rules rules of correlation, in lower case
 * @param minScore lowest score of certainty, 0 to 100
 */
record AlertFilter(
        Set<String> cases,
        Set<String> kinds,
        Set<String> producers,
        Set<String> crimeTypes,
        Set<String> rules,
        int minScore) {

    /** Selects all. */
    static final AlertFilter ALL = new AlertFilter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), 0);

    private static final int MOST = 100;
    private static final int LONGEST = 200;

    /** @throws IllegalArgumentException which says what is wrong with which part */
    AlertFilter {
        cases = checked("cases", cases);
        kinds = checked("kinds", kinds);
        producers = checked("producers", producers);
        crimeTypes = checked("crime_types", crimeTypes);
        rules = checked("rules", rules);
        for (String kind : kinds) {
            if (ObservableKind.ofCode(kind).isEmpty()) {
                throw new IllegalArgumentException(
                        "\"kinds\" has \"" + kind + "\", which is no kind of observable; such are "
                                + Arrays.stream(ObservableKind.values())
                                        .map(ObservableKind::code)
                                        .collect(Collectors.joining(", ")));
            }
        }
        for (String rule : rules) {
            if (rulesKnown().stream().noneMatch(rule::equals)) {
                throw new IllegalArgumentException("\"rules\" has \"" + rule + "\", which is no rule; such are "
                        + String.join(", ", rulesKnown()));
            }
        }
        if (minScore < 0 || minScore > 100) {
            throw new IllegalArgumentException("\"min_score\" is 0 to 100");
        }
    }

    private static Set<String> rulesKnown() {
        Set<String> known = new TreeSet<>();
        for (ValueMatch.Rule rule : ValueMatch.Rule.values()) {
            known.add(Alert.rule(rule));
        }
        return known;
    }

    private static Set<String> checked(String name, Set<String> words) {
        if (words.size() > MOST) {
            throw new IllegalArgumentException("\"" + name + "\" names at most " + MOST);
        }
        if (words.stream().anyMatch(word -> word.isBlank() || word.length() > LONGEST)) {
            throw new IllegalArgumentException("\"" + name + "\" holds words of 1 to " + LONGEST + " characters");
        }
        return Set.copyOf(words);
    }

    /**
     * Checks a new request. Subscriptions of earlier versions may hold malformed ids, so reading those does not check.
     *
     * @throws IllegalArgumentException when one begins like the id of an identity and is malformed
     */
    static void checkIds(Set<String> producers) {
        for (String producer : producers) {
            if (producer.toLowerCase(Locale.ROOT).startsWith("identity--")) {
                StixId.objection(producer).ifPresent(objection -> {
                    throw new IllegalArgumentException("\"producers\": " + objection);
                });
            }
        }
    }

    boolean wants(Alert alert) {
        return switch (alert) {
            case CaseMatchAlert match -> wants(match);
            case IdConflictAlert conflict -> wants(conflict.conflict());
            case OperatorAlert operator ->
                concernsNoValue()
                        && (producers.isEmpty()
                                || producers.contains(operator.notice().centre()));
            case UnknownAlert unknown -> false;
        };
    }

    private boolean concernsNoValue() {
        return cases.isEmpty() && crimeTypes.isEmpty() && rules.isEmpty() && kinds.isEmpty() && minScore == 0;
    }

    /** Only a restriction to producers applies: a conflict has no case, value, rule or score. */
    private boolean wants(IdConflict conflict) {
        return concernsNoValue()
                && (producers.isEmpty()
                        || producers.contains(conflict.ownerCentre())
                        || (conflict.partner() && producers.contains(conflict.submitter()))
                        || conflict.owner().filter(producers::contains).isPresent()
                        || conflict.creator().filter(producers::contains).isPresent());
    }

    private boolean wants(CaseMatchAlert alert) {
        return fits(cases, alert.file().number())
                && fits(crimeTypes, alert.file().crimeType())
                && fits(rules, alert.rule())
                && alert.certainty().score() >= minScore
                && (kinds.isEmpty()
                        || alert.values().stream()
                                .anyMatch(value -> kinds.contains(value.kind().code())))
                && (producers.isEmpty() || produced(alert.object()));
    }

    private static boolean fits(Set<String> wanted, String word) {
        return wanted.isEmpty() || wanted.contains(word);
    }

    private boolean produced(ValueMatch.MatchedObject object) {
        return object.producer().filter(producers::contains).isPresent()
                || producers.contains(object.receivedFrom())
                || object.provenance().signers().stream()
                        .map(Provenance.Signer::centre)
                        .anyMatch(producers::contains);
    }

    /** Adds the parts of this filter to an object. */
    JsonObject.Builder into(JsonObject.Builder json) {
        if (minScore > 0) {
            json.put("min_score", minScore);
        }
        return json.putStrings("cases", new TreeSet<>(cases))
                .putStrings("kinds", new TreeSet<>(kinds))
                .putStrings("producers", new TreeSet<>(producers))
                .putStrings("crime_types", new TreeSet<>(crimeTypes))
                .putStrings("rules", new TreeSet<>(rules));
    }

    /** Reads what {@link #into} wrote; @throws IllegalArgumentException which says what is wrong */
    static AlertFilter read(JsonObject json) {
        return new AlertFilter(
                words(json, "cases"),
                words(json, "kinds"),
                words(json, "producers"),
                words(json, "crime_types"),
                words(json, "rules"),
                score(json.get("min_score")));
    }

    private static int score(Json value) {
        return switch (value) {
            case null -> 0;
            case JsonNumber number when number.integer() -> Math.clamp(number.longValue(), -1, 101);
            default -> throw new IllegalArgumentException("\"min_score\" must be a whole number");
        };
    }

    private static Set<String> words(JsonObject json, String name) {
        if (json.has(name) && !(json.get(name) instanceof JsonArray)) {
            throw new IllegalArgumentException("\"" + name + "\" must be a list of words");
        }
        Set<String> words = new TreeSet<>();
        for (Json item : json.items(name)) {
            if (!(item instanceof JsonString word)) {
                throw new IllegalArgumentException("\"" + name + "\" must be a list of words");
            }
            words.add(name.equals("rules") ? word.value().toLowerCase(Locale.ROOT) : word.value());
        }
        return words;
    }
}
