package uz.koprik.gateway.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import uz.koprik.gateway.cli.CentreAnswers;

/** Random case files of several units, random objects, and what several accounts do with them, in an order. */
final class RandomMatters {

    static final List<String> UNITS = List.of("Alpha", "Beta", "Gamma", "");
    private static final int CASES = 10;
    private static final int OBJECTS = 16;
    private static final int CHANGES = 18;

    /**
     * A request that changes something.
     *
     * @param about the units whose case files it is about, as they are in the end; empty for none
     * @param name under which the id in its answer is known; empty for none
     */
    record Deed(String account, Set<String> about, String method, String path, String body, String name) {}

    /** A case file: its name, number, values, and its unit in the end. */
    record Matter(String name, String number, List<String> values, String unit) {}

    final List<Deed> deeds = new ArrayList<>();
    final List<Matter> matters = new ArrayList<>();
    final List<String> objects = new ArrayList<>();
    private final List<String> reported = new ArrayList<>();
    final List<String> pool = new ArrayList<>();
    /** What only case files hold. */
    final Map<String, String> words = new LinkedHashMap<>();

    private final Map<String, List<String>> writers;
    private final Random random;
    private final boolean moving;

    /**
     * @param writers accounts that submit things, and the units they work for; none for all
     * @param moving whether some cases move from unit to unit
     */
    RandomMatters(Random random, Map<String, List<String>> writers, boolean moving) {
        this.random = random;
        this.moving = moving;
        this.writers = writers;
        for (int i = 0; i < 4; i++) {
            String host = word() + ".example.com";
            pool.addAll(List.of(host, "login." + host, "https://login." + host + "/a", "anna@" + host));
            pool.addAll(List.of("192.0.2." + (i * 7), i == 0 ? "192.0.2.0/24" : "198.51.100." + i, wallet()));
        }
        List<Runnable> some = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            some.add(this::open);
        }
        for (int i = 0; i < OBJECTS; i++) {
            some.add(this::report);
        }
        Collections.shuffle(some, random);
        open();
        open();
        some.forEach(Runnable::run);
        for (int i = 0; i < CHANGES; i++) {
            change();
        }
        for (int i = 0; i < OBJECTS / 2; i++) {
            report();
        }
    }

    String word() {
        StringBuilder word = new StringBuilder("zq");
        for (int i = 0; i < 9; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    private String wallet() {
        StringBuilder hex = new StringBuilder("0x");
        for (int i = 0; i < 40; i++) {
            hex.append(Character.forDigit(random.nextInt(16), 16));
        }
        return hex.toString();
    }

    private <T> T any(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private String secret(String unit) {
        String word = word();
        words.put(word, unit);
        return word;
    }

    private List<String> values() {
        List<String> values = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            String value = random.nextInt(4) == 0 ? word() + ".example.net" : any(pool);
            if (!values.contains(value)) {
                values.add(value);
            }
        }
        return values;
    }

    private void open() {
        String writer = any(List.copyOf(writers.keySet()));
        List<String> theirs = writers.get(writer);
        String unit = theirs.isEmpty() ? any(UNITS) : any(theirs);
        List<Matter> others = matters.stream()
                .filter(m -> !theirs.isEmpty() && !theirs.contains(m.unit()))
                .toList();
        // Units count alike: one that sees some cases only may take the number of another unit's.
        String number = !others.isEmpty() && random.nextBoolean() ? any(others).number() : "X-" + word();
        if (matters.stream()
                .anyMatch(m -> m.number().equals(number) && (theirs.isEmpty() || theirs.contains(m.unit())))) {
            return;
        }
        String name = "case" + matters.size();
        Matter matter = new Matter(name, number, values(), unit);
        Map<String, Object> form = new LinkedHashMap<>(Map.of(
                "number",
                number,
                "title",
                secret(unit),
                "summary",
                secret(unit),
                "values",
                matter.values(),
                "losses",
                List.of(Map.of("amount", "1", "currency", "EUR", "note", secret(unit)))));
        boolean moves = moving && theirs.isEmpty() && random.nextInt(3) == 0;
        form.put("unit", moves ? any(UNITS) : unit);
        if (!matters.isEmpty() && random.nextBoolean()) {
            String other = any(matters).number();
            form.put("cases", other.equals(number) ? List.of() : List.of(other));
        }
        matters.add(matter);
        words.put(number, unit);
        deeds.add(new Deed(writer, Set.of(unit), "post", "/api/cases", text(form), name));
        if (moves) {
            deeds.add(new Deed(
                    writer, Set.of(unit), "patch", "/api/cases/@" + name + "@", text(Map.of("unit", unit)), ""));
        }
    }

    private void report() {
        String writer = any(List.copyOf(writers.keySet()));
        String name = "object" + objects.size();
        objects.add(name);
        String value = random.nextInt(5) == 0 ? word() + ".example.org" : any(pool);
        reported.add(value);
        deeds.add(new Deed(
                writer,
                Set.of(),
                "post",
                "/api/indicators",
                text(Map.of(
                        "value",
                        value,
                        "name",
                        "Reported " + random.nextInt(3),
                        "tlp",
                        any(List.of("clear", "green", "amber", "red")))),
                name));
    }

    private void change() {
        Matter matter = any(matters);
        List<String> who = writers.entrySet().stream()
                .filter(w -> w.getValue().isEmpty() || w.getValue().contains(matter.unit()))
                .map(Map.Entry::getKey)
                .toList();
        String writer = any(who);
        String path = "/api/cases/@" + matter.name() + "@";
        Set<String> about = Set.of(matter.unit());
        switch (random.nextInt(5)) {
            case 0 ->
                deeds.add(new Deed(
                        writer, about, "post", path + "/notes", text(Map.of("text", secret(matter.unit()))), ""));
            case 1 ->
                deeds.add(new Deed(writer, about, "post", path + "/observables", text(Map.of("values", values())), ""));
            case 2 -> {
                int at = random.nextInt(reported.size());
                deeds.add(new Deed(
                        writer,
                        Set.of(),
                        "post",
                        "/api/objects/@object" + at + "@/verdicts",
                        text(Map.of(
                                "value",
                                reported.get(at),
                                "verdict",
                                random.nextBoolean() ? "confirmed" : "dismissed")),
                        "verdict" + deeds.size()));
            }
            case 3 -> {
                Matter other = any(matters);
                boolean both =
                        writers.get(writer).isEmpty() || writers.get(writer).contains(other.unit());
                Set<String> units = new TreeSet<>(about);
                units.add(both ? other.unit() : matter.unit());
                note(
                        writer,
                        units,
                        both && !other.equals(matter) ? List.of(matter.name(), other.name()) : List.of(matter.name()));
            }
            default -> deeds.add(new Deed(writer, about, "patch", path, text(Map.of("status", "closed")), ""));
        }
    }

    private void note(String writer, Set<String> about, List<String> names) {
        String id = "note--00000000-0000-4000-8000-%012d".formatted(deeds.size());
        String refs = String.join(
                "\",\"", names.stream().map(name -> '@' + name + '@').toList());
        deeds.add(new Deed(
                writer,
                about,
                "post",
                "/api/objects",
                "{\"type\":\"note\",\"spec_version\":\"2.1\",\"id\":\"" + id
                        + "\",\"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"2026-11-01T00:00:00.000Z\",\"content\":\""
                        + secret(String.join("+", about)) + "\",\"object_refs\":[\"" + refs + "\"]}",
                "note" + deeds.size()));
    }

    static String text(Object form) {
        return new String(CentreAnswers.json(form), StandardCharsets.UTF_8);
    }
}
