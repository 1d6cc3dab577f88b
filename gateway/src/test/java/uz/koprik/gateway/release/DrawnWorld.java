package uz.koprik.gateway.release;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.RedactionExtension;

/**
 * A few objects that refer to each other, drawn at random: who submits them, in which order, how they are marked, and
 * what they carry.
 */
record DrawnWorld(List<Item> items, List<Decision> decisions, List<TakenBack> recalls, List<Redacted> redactions) {

    /** One without redactions. */
    DrawnWorld(List<Item> items, List<Decision> decisions, List<TakenBack> recalls) {
        this(items, decisions, recalls, List.of());
    }

    enum Type {
        REPORT,
        INDICATOR,
        MALWARE,
        DOMAIN,
        OBSERVED,
        /** An indicator in the name of this centre that a partner sends: a redaction of what is not here. */
        RETURNED,
        CASE
    }

    /** Kinds of values that occur, as code and pattern; only e-mail addresses are personal. */
    static final List<String> KINDS = List.of("domain", "ipv4", "url", "email");

    static final List<String> UNITS = List.of("", "fraud", "narcotics");

    /** A marking definition that nobody has. */
    static final String UNKNOWN = "marking-definition--00000000-0000-4000-8000-00000000dead";

    /**
     * One version of an object.
     *
     * @param step when it comes
     * @param by who submits it: {@code anna}, an account of a client, or a partner
     * @param creator {@code us}, the partner, {@code other}, or empty
     * @param namings markings that name recipients or groups, or have an embargo
     * @param unit of a case file
     * @param refs ids
     * @param parts that bear markings of their own
     * @param revoked whether its producer revokes it
     */
    record Item(
            String id,
            Type type,
            int version,
            int step,
            String by,
            String creator,
            Set<Tlp> markings,
            boolean unknownMarking,
            Set<NamingMarking> namings,
            Set<String> kinds,
            String unit,
            Set<String> refs,
            List<DrawnPart> parts,
            boolean revoked) {

        /** One without parts. */
        Item(
                String id,
                Type type,
                int version,
                int step,
                String by,
                String creator,
                Set<Tlp> markings,
                boolean unknownMarking,
                Set<NamingMarking> namings,
                Set<String> kinds,
                String unit,
                Set<String> refs) {
            this(
                    id,
                    type,
                    version,
                    step,
                    by,
                    creator,
                    markings,
                    unknownMarking,
                    namings,
                    kinds,
                    unit,
                    refs,
                    List.of(),
                    false);
        }

        Item with(Set<Tlp> tlps, boolean unknown, Set<NamingMarking> names, Set<String> carried, Set<String> others) {
            return new Item(
                    id, type, version, step, by, creator, tlps, unknown, names, carried, unit, others, parts, revoked);
        }

        Item with(List<DrawnPart> some) {
            return with(some, revoked);
        }

        Item revoking() {
            return with(parts, true);
        }

        private Item with(List<DrawnPart> some, boolean ended) {
            return new Item(
                    id,
                    type,
                    version,
                    step,
                    by,
                    creator,
                    markings,
                    unknownMarking,
                    namings,
                    kinds,
                    unit,
                    refs,
                    some,
                    ended);
        }

        Item at(int other) {
            return new Item(
                    id,
                    type,
                    version,
                    other,
                    by,
                    creator,
                    markings,
                    unknownMarking,
                    namings,
                    kinds,
                    unit,
                    refs,
                    parts,
                    revoked);
        }

        String modified() {
            return "2026-11-0" + version + "T00:00:00.000Z";
        }

        /** As STIX; a case file is written otherwise. */
        String json(String producer) {
            List<String> refsOfMarkings = new ArrayList<>();
            markings.forEach(tlp -> refsOfMarkings.add(Markings.id(tlp)));
            namings.forEach(naming -> refsOfMarkings.add(naming.id()));
            if (unknownMarking) {
                refsOfMarkings.add(UNKNOWN);
            }
            String marked =
                    (refsOfMarkings.isEmpty() ? "" : ",\"object_marking_refs\":" + DrawnPart.list(refsOfMarkings))
                            + DrawnPart.granular(parts);
            if (type == Type.DOMAIN) {
                return "{\"type\":\"domain-name\",\"spec_version\":\"2.1\",\"id\":\"" + id + "\",\"value\":\"" + word()
                        + ".example.com\"" + marked + "}";
            }
            String head = "\"spec_version\":\"2.1\",\"id\":\"" + id + "\","
                    + (producer.isEmpty() ? "" : "\"created_by_ref\":\"" + producer + "\",")
                    + "\"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"" + modified()
                    + "\",\"labels\":[\"one\",\""
                    + word() + "\"]" + (revoked ? ",\"revoked\":true" : "") + marked;
            String named = head + ",\"name\":\"" + word() + "\",\"description\":\"about " + word() + "\"";
            return switch (type) {
                case REPORT ->
                    "{\"type\":\"report\"," + named + ",\"published\":\"2026-11-01T00:00:00Z\",\"object_refs\":"
                            + DrawnPart.list(refs) + "}";
                case MALWARE -> "{\"type\":\"malware\"," + named + ",\"is_family\":false}";
                case OBSERVED ->
                    "{\"type\":\"observed-data\"," + head + ",\"first_observed\":\"2026-11-01T00:00:00Z\","
                            + "\"last_observed\":\"2026-11-01T00:00:00Z\",\"number_observed\":1,\"objects\":{"
                            + inside() + "}}";
                default ->
                    "{\"type\":\"indicator\"," + named
                            + ",\"pattern_type\":\"stix\",\"valid_from\":\"2026-11-01T00:00:00Z\",\"pattern\":\""
                            + pattern() + "\"" + (type == Type.RETURNED ? redaction() : "") + "}";
            };
        }

        /** Of an object that is nowhere. */
        private String redaction() {
            return ",\"extensions\":{\"" + RedactionExtension.ID
                    + "\":{\"extension_type\":\"property-extension\",\"original_ref\":\"" + original()
                    + "\",\"edition\":\"1\"}}";
        }

        /** Of what it is a redaction. */
        String original() {
            return "malware" + id.substring(id.indexOf("--"));
        }

        private String inside() {
            List<String> objects = new ArrayList<>();
            for (String kind : kinds) {
                String marked = parts.stream()
                        .filter(part -> part.what().equals(kind))
                        .findFirst()
                        .map(DrawnPart::inside)
                        .orElse("");
                objects.add("\"" + kind + "\":" + observable(kind, marked));
            }
            return String.join(",", objects);
        }

        private String observable(String kind, String marked) {
            String value =
                    switch (kind) {
                        case "domain" -> "domain-name\",\"value\":\"" + word() + ".example.com";
                        case "ipv4" -> "ipv4-addr\",\"value\":\"198.51.100." + Math.abs(id.hashCode() % 250);
                        case "url" -> "url\",\"value\":\"https://" + word() + ".example.com/a";
                        default -> "email-addr\",\"value\":\"a@" + word() + ".example.com";
                    };
            return "{\"type\":\"" + value + "\",\"id\":\"" + value.substring(0, value.indexOf('"'))
                    + id.substring(id.indexOf("--")) + "\"" + marked + "}";
        }

        private String word() {
            return "w" + id.substring(id.indexOf("--") + 2).replace("-", "").substring(0, 16);
        }

        private String pattern() {
            List<String> parts = new ArrayList<>();
            for (String kind : kinds) {
                parts.add(
                        switch (kind) {
                            case "domain" -> "[domain-name:value = '" + word() + ".example.com']";
                            case "ipv4" -> "[ipv4-addr:value = '198.51.100." + Math.abs(id.hashCode() % 250) + "']";
                            case "url" -> "[url:value = 'https://" + word() + ".example.com/a']";
                            default -> "[email-addr:value = 'a@" + word() + ".example.com']";
                        });
            }
            return String.join(" OR ", parts);
        }
    }

    /**
     * A definition that the region holds from its beginning.
     *
     * @param recipients names of partners
     * @param group id of a sharing group
     */
    record NamingMarking(
            String id,
            String creator,
            Optional<Set<String>> recipients,
            Optional<String> group,
            Optional<Instant> embargo) {}

    /**
     * What somebody decides at the release desk, if it is on.
     *
     * @param step when, after what is submitted then
     * @param by who submitted the item
     * @param submitted when
     * @param releaser name of an account
     * @param releases else it refuses
     */
    record Decision(int step, String by, int submitted, String releaser, boolean releases) {}

    /**
     * What a centre takes back or narrows.
     *
     * @param step when, after what is decided then
     * @param by {@code us}, a partner or {@code other}
     * @param producer the creator of the object
     * @param upTo the last version that is meant
     * @param narrowedTo empty when it is taken back
     */
    record TakenBack(int step, String by, String producer, String id, int upTo, Optional<Tlp> narrowedTo) {}

    /**
     * What a member redacts.
     *
     * @param step when, after everything else then
     * @param upTo the marking of TLP that stays; empty for that of the whole, or for a partner
     * @param partner for whom; empty for all
     * @param releasedAt when somebody decides on it at the release desk
     * @param releaser name of an account
     */
    record Redacted(int step, String id, Optional<Tlp> upTo, String partner, int releasedAt, String releaser) {

        /** The same order a little later. */
        Redacted again() {
            return new Redacted(step + 1, id, upTo, partner, releasedAt + 1, releaser);
        }
    }

    /** Draws one. */
    static DrawnWorld draw(Random random, List<String> partners, List<String> clients, List<NamingMarking> namings) {
        int objects = 2 + random.nextInt(5);
        List<String> ids = new ArrayList<>();
        List<Type> types = new ArrayList<>();
        for (int i = 0; i < objects; i++) {
            Type type = i == 0
                    ? Type.REPORT
                    : pick(
                            random,
                            List.of(
                                    Type.REPORT,
                                    Type.REPORT,
                                    Type.REPORT,
                                    Type.INDICATOR,
                                    Type.INDICATOR,
                                    Type.MALWARE,
                                    Type.DOMAIN,
                                    Type.OBSERVED,
                                    Type.CASE));
            types.add(type);
            ids.add(switch (type) {
                        case REPORT -> "report";
                        case INDICATOR, RETURNED -> "indicator";
                        case MALWARE -> "malware";
                        case DOMAIN -> "domain-name";
                        case OBSERVED -> "observed-data";
                        case CASE -> "incident";
                    }
                    + "--" + uuid(random));
        }
        if (random.nextInt(12) == 0) {
            types.add(Type.RETURNED);
            ids.add("indicator--" + uuid(random));
        }
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            Type type = types.get(i);
            if (type == Type.RETURNED) {
                String by = pick(random, partners);
                items.add(item(random, ids, i, type, 1, random.nextInt(3), by, "us", namings));
                continue;
            }
            boolean scoOrCase = type == Type.DOMAIN || type == Type.CASE;
            String by = random.nextInt(5) > 0 || type == Type.CASE
                    ? "anna"
                    : random.nextInt(4) > 0 ? pick(random, partners) : pick(random, clients);
            String creator = scoOrCase
                    ? ""
                    : partners.contains(by)
                            ? by
                            : by.equals("anna")
                                    ? pick(random, List.of("us", "us", "us", "us", "other", ""))
                                    : pick(random, List.of("other", ""));
            int step = random.nextInt(3);
            Item first = item(random, ids, i, type, 1, step, by, creator, namings);
            items.add(first);
            if (!scoOrCase && !clients.contains(by) && random.nextInt(4) == 0) {
                items.add(item(random, ids, i, type, 2, step + 1 + random.nextInt(2), by, creator, namings));
            }
        }
        return new DrawnWorld(
                items, decisions(random, items), recalls(random, items), redactions(random, items, partners));
    }

    private static List<Redacted> redactions(Random random, List<Item> items, List<String> partners) {
        List<Redacted> redactions = new ArrayList<>();
        List<Item> marked =
                items.stream().filter(item -> !item.parts().isEmpty()).toList();
        for (int i = marked.isEmpty() ? 0 : random.nextInt(4); i > 0; i--) {
            Item item = pick(random, random.nextInt(20) > 0 ? marked : items);
            int step = item.step() + random.nextInt(3);
            int goal = random.nextInt(6);
            Redacted order = new Redacted(
                    step,
                    item.id(),
                    goal < 3
                            ? Optional.of(pick(random, List.of(Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT)))
                            : Optional.empty(),
                    goal == 5 ? pick(random, partners) : "",
                    step + random.nextInt(3),
                    pick(random, List.of("botir", "botir", "botir", "anna")));
            redactions.add(order);
            if (random.nextInt(3) == 0) {
                redactions.add(order.again());
            }
        }
        return redactions;
    }

    private static List<TakenBack> recalls(Random random, List<Item> items) {
        List<TakenBack> recalls = new ArrayList<>();
        for (int i = Math.max(0, random.nextInt(4) - 1); i > 0; i--) {
            Item item = pick(random, items);
            if (!item.creator().isEmpty()) {
                recalls.add(new TakenBack(
                        item.step() + random.nextInt(2),
                        random.nextInt(8) > 0 ? item.creator() : "other",
                        item.creator(),
                        item.id(),
                        item.version(),
                        random.nextInt(3) > 0
                                ? Optional.of(pick(random, List.of(Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT)))
                                : Optional.empty()));
            }
        }
        return recalls;
    }

    private static List<Decision> decisions(Random random, List<Item> items) {
        List<Decision> decisions = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Item item = pick(random, items);
            decisions.add(new Decision(
                    item.step() + random.nextInt(2),
                    item.by(),
                    item.step(),
                    pick(random, List.of("botir", "botir", "botir", "anna")),
                    random.nextInt(5) > 0));
        }
        return decisions;
    }

    private static Item item(
            Random random,
            List<String> ids,
            int at,
            Type type,
            int version,
            int step,
            String by,
            String creator,
            List<NamingMarking> namings) {
        Set<String> refs = new LinkedHashSet<>();
        if (type == Type.REPORT) {
            int many = 1 + random.nextInt(2);
            while (refs.size() < Math.min(many, ids.size() - 1)) {
                String ref = pick(random, ids);
                if (!ref.equals(ids.get(at))) {
                    refs.add(ref);
                }
            }
        }
        Set<Tlp> markings = new LinkedHashSet<>();
        for (int i = random.nextInt(8) / 3; i > 0; i--) {
            markings.add(pick(random, List.of(Tlp.values())));
        }
        Set<NamingMarking> names = new LinkedHashSet<>();
        for (int i = Math.max(0, random.nextInt(6) - 3); i > 0; i--) {
            NamingMarking one = pick(random, namings);
            if (one.creator().equals(creator) || random.nextInt(10) == 0) {
                names.add(one);
            }
        }
        Set<String> kinds = new LinkedHashSet<>();
        if (type == Type.INDICATOR || type == Type.RETURNED) {
            kinds.add(pick(random, KINDS));
            kinds.add(pick(random, KINDS));
        } else if (type == Type.DOMAIN) {
            kinds.add("domain");
        } else if (type == Type.OBSERVED) {
            kinds.add(pick(random, KINDS));
            kinds.add(pick(random, KINDS));
        }
        Item item = new Item(
                ids.get(at),
                type,
                version,
                step,
                by,
                creator,
                type == Type.CASE ? Set.of(Tlp.RED) : markings,
                type != Type.CASE && random.nextInt(25) == 0,
                type == Type.CASE ? Set.of() : names,
                kinds,
                type == Type.CASE ? pick(random, UNITS) : "",
                refs);
        Item parted = type == Type.CASE ? item : item.with(DrawnPart.draw(random, item, namings));
        return version == 2 && random.nextInt(8) == 0 ? parted.revoking() : parted;
    }

    static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    static String uuid(Random random) {
        return new UUID(
                        (random.nextLong() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L,
                        (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L)
                .toString();
    }

    /** Smaller worlds, of which one may show the same. */
    List<DrawnWorld> smaller() {
        List<DrawnWorld> smaller = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            boolean last = item.version() == 2
                    || items.stream().noneMatch(other -> other.id().equals(item.id()) && other.version() == 2);
            if (last && items.size() > 1) {
                smaller.add(with(i, Optional.empty()));
            }
            for (Item less : less(item)) {
                smaller.add(with(i, Optional.of(less)));
            }
        }
        for (int i = 0; i < decisions.size(); i++) {
            List<Decision> fewer = new ArrayList<>(decisions);
            fewer.remove(i);
            smaller.add(new DrawnWorld(items, fewer, recalls, redactions));
        }
        for (int i = 0; i < recalls.size(); i++) {
            List<TakenBack> fewer = new ArrayList<>(recalls);
            fewer.remove(i);
            smaller.add(new DrawnWorld(items, decisions, fewer, redactions));
        }
        for (int i = 0; i < redactions.size(); i++) {
            List<Redacted> fewer = new ArrayList<>(redactions);
            fewer.remove(i);
            smaller.add(new DrawnWorld(items, decisions, recalls, fewer));
        }
        return smaller;
    }

    private static List<Item> less(Item item) {
        List<Item> less = new ArrayList<>();
        if (item.type() == Type.CASE) {
            return less;
        }
        if (item.unknownMarking()) {
            less.add(item.with(item.markings(), false, item.namings(), item.kinds(), item.refs()));
        }
        for (Tlp tlp : item.markings()) {
            less.add(item.with(
                    without(item.markings(), tlp), item.unknownMarking(), item.namings(), item.kinds(), item.refs()));
        }
        for (NamingMarking naming : item.namings()) {
            less.add(item.with(
                    item.markings(),
                    item.unknownMarking(),
                    without(item.namings(), naming),
                    item.kinds(),
                    item.refs()));
        }
        for (int i = 0; i < item.parts().size(); i++) {
            List<DrawnPart> fewer = new ArrayList<>(item.parts());
            DrawnPart part = fewer.remove(i);
            less.add(item.with(fewer));
            for (DrawnPart one : part.less()) {
                List<DrawnPart> changed = new ArrayList<>(item.parts());
                changed.set(i, one);
                less.add(item.with(changed));
            }
        }
        for (String kind : item.type() == Type.INDICATOR && item.kinds().size() > 1 ? item.kinds() : Set.<String>of()) {
            less.add(item.with(
                    item.markings(), item.unknownMarking(), item.namings(), without(item.kinds(), kind), item.refs()));
        }
        for (String ref : item.refs().size() > 1 ? item.refs() : Set.<String>of()) {
            less.add(item.with(
                            item.markings(),
                            item.unknownMarking(),
                            item.namings(),
                            item.kinds(),
                            without(item.refs(), ref))
                    .with(item.parts().stream()
                            .filter(part -> part.refs(item).isEmpty())
                            .toList()));
        }
        if (item.step() > 0 && item.version() == 1) {
            less.add(item.at(0));
        }
        return less;
    }

    static <T> Set<T> without(Set<T> all, T one) {
        Set<T> rest = new LinkedHashSet<>(all);
        rest.remove(one);
        return rest;
    }

    private DrawnWorld with(int at, Optional<Item> item) {
        List<Item> changed = new ArrayList<>(items);
        if (item.isPresent()) {
            changed.set(at, item.get());
        } else {
            changed.remove(at);
        }
        return new DrawnWorld(changed, decisions, recalls, redactions);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        items.stream()
                .sorted((one, other) -> Integer.compare(one.step(), other.step()))
                .forEach(item -> text.append("  step ")
                        .append(item.step())
                        .append(": ")
                        .append(item)
                        .append('\n'));
        decisions.forEach(decision -> text.append("  ").append(decision).append('\n'));
        redactions.forEach(redacted -> text.append("  ").append(redacted).append('\n'));
        recalls.forEach(recall -> text.append("  ").append(recall).append('\n'));
        return text.toString();
    }
}
