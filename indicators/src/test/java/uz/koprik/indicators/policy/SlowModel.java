package uz.koprik.indicators.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules of {@code docs/policy.md} and {@code docs/agreements.md} once more, written from these two pages alone.
 * Each sentence is one method. There are no numbers of terms, no sets of bits and nothing kept: each question looks at
 * all objects again. A new sentence is a new method in the list of its readers.
 */
public final class SlowModel {

    /** Who asks. */
    public sealed interface Reader {

        /**
         * A member of the centre.
         *
         * @param cases whether it works on case files
         * @param units whose; empty for those of all units
         * @param purpose which it said, with a case
         */
        record Member(String name, boolean cases, Optional<Set<String>> units, Optional<String> purpose)
                implements Reader {

            /** One who said no purpose. */
            public Member(String name, boolean cases, Optional<Set<String>> units) {
                this(name, cases, units, Optional.empty());
            }
        }

        /**
         * A partner centre.
         *
         * @param papers all versions of agreements with it
         * @param required whether the setting {@code agreements.required} is set
         * @param interim the section of {@code partners.yaml}
         */
        record Centre(String name, String identity, List<Paper> papers, boolean required, Interim interim)
                implements Reader {}

        /** An account of a client. */
        record Client(String name, Tlp upTo) implements Reader {}
    }

    /**
     * A version of an agreement that both signed; those that nobody accepted hold nothing and are left out.
     *
     * @param order later versions have a larger one
     * @param kinds the kinds that article 3 names as covered
     * @param terminated the moment of a notice
     * @param purposes of article 2
     * @param purposeOnUse whether members have to say one of them
     */
    public record Paper(
            int order,
            Instant from,
            Instant until,
            Set<String> kinds,
            Tlp ceiling,
            boolean relay,
            Optional<Instant> terminated,
            Set<String> purposes,
            boolean purposeOnUse) {

        /** One that asks for no purpose. */
        public Paper(
                int order,
                Instant from,
                Instant until,
                Set<String> kinds,
                Tlp ceiling,
                boolean relay,
                Optional<Instant> terminated) {
            this(order, from, until, kinds, ceiling, relay, terminated, Set.of(), false);
        }

        /** The same with a notice. */
        public Paper endedBy(Instant notice) {
            return new Paper(order, from, until, kinds, ceiling, relay, Optional.of(notice), purposes, purposeOnUse);
        }
    }

    /**
     * The settings of a release desk that is on.
     *
     * @param markings that need a second person besides those of the rules
     * @param kinds codes of the kinds of values that do
     * @param relayed whether what partners sent does, too
     */
    public record Desk(Set<Tlp> markings, Set<String> kinds, boolean relayed) {}

    /** What becomes of an item when somebody wants to release it. */
    public enum Decided {
        RELEASED,
        /** Nothing of it is a latest version. */
        REPLACED,
        /** Who wants it submitted the item or one of its objects. */
        OWN,
        /** It refers to a held object outside of it. */
        BEHIND
    }

    private enum Hold {
        NONE,
        WAITS,
        BY_REFERENCE
    }

    /** Interim terms. */
    public record Interim(Tlp ceiling, Optional<String> purpose, Optional<Instant> until) {}

    /**
     * A marking that names recipients or a group, or has an embargo.
     *
     * @param recipients identities; empty when it names none
     * @param group id; empty when it names none
     * @param byCreator whether the creator of the object made it, or who vouches for an object without a creator
     */
    public record Naming(
            Optional<Set<String>> recipients, Optional<String> group, Optional<Instant> embargo, boolean byCreator) {

        /** One that names recipients alone. */
        public Naming(Set<String> recipients, boolean byCreator) {
            this(Optional.of(recipients), Optional.empty(), Optional.empty(), byCreator);
        }

        boolean namesSome() {
            return recipients.isPresent() || group.isPresent();
        }
    }

    /**
     * A version of a sharing group.
     *
     * @param at when it came to this centre
     */
    public record Group(String id, Instant at, boolean past, List<GroupMember> members, boolean revoked) {

        /** From which moment on a centre gets what goes to the group; empty when it is no member at {@code now}. */
        private Optional<Instant> memberSince(String identity, Instant now) {
            return members.stream()
                    .filter(member -> !revoked && member.identity().equals(identity) && member.at(now))
                    .map(member -> past ? Instant.EPOCH : member.from())
                    .min(Comparator.naturalOrder());
        }
    }

    /** A member of a group; without {@code until} there is no end. */
    public record GroupMember(String identity, Instant from, Optional<Instant> until) {

        private boolean at(Instant moment) {
            return !moment.isBefore(from)
                    && until.filter(end -> !moment.isBefore(end)).isEmpty();
        }
    }

    /**
     * One version of an object as it comes.
     *
     * @param number of the version, the first is 1
     * @param author who submits it; a {@link Reader.Centre} when a partner sends it
     * @param ours whether this centre made it
     * @param markings of TLP; none, one or several
     * @param unknownMarking whether it bears a marking whose meaning is unknown
     * @param kinds codes of the kinds of values that it carries; empty for an entry of an earlier version
     * @param personal whether some of them are personal
     * @param unit of a case file; empty when none leads it
     * @param references what it refers to, without its producer
     */
    public record Version(
            String id,
            int number,
            Instant at,
            Reader author,
            boolean ours,
            List<Tlp> markings,
            boolean unknownMarking,
            List<Naming> namings,
            Optional<Set<String>> kinds,
            boolean personal,
            boolean caseFile,
            String unit,
            Set<String> references) {

        /** As the past is judged: TLP:RED that names its recipients counts as TLP:CLEAR for them. */
        Version asOfOld(boolean openToThem) {
            boolean named = openToThem && markings.contains(Tlp.RED) && namesSome();
            return new Version(
                    id,
                    number,
                    at,
                    new Reader.Member("", true, Optional.empty()),
                    ours,
                    named ? List.of(Tlp.CLEAR) : markings,
                    unknownMarking,
                    namings,
                    Optional.empty(),
                    personal,
                    caseFile,
                    unit,
                    references);
        }

        /** Of several embargoes, the latest; none that was over when the object came. */
        Optional<Instant> embargo() {
            return hasUnknownMarking(this)
                    ? Optional.empty()
                    : namings.stream()
                            .flatMap(naming -> naming.embargo().stream())
                            .filter(at::isBefore)
                            .max(Comparator.naturalOrder());
        }

        boolean namesSome() {
            return namings.stream().anyMatch(Naming::namesSome);
        }

        Optional<String> from() {
            return author instanceof Reader.Centre centre ? Optional.of(centre.name()) : Optional.empty();
        }
    }

    /** A stored version. */
    private static final class Stored {

        private final Version version;

        /** All versions that it is released no further than, itself among them. */
        private final Set<Version> limits;

        /** Those of them that it had from the beginning. */
        private final Set<Version> first;

        /** The case files that it is, or refers to, of those that were there before. */
        private final Set<Version> about = new HashSet<>();

        /** What it refers to, as far as its author can know what comes or changes now. */
        private final Set<String> known = new HashSet<>();

        /** The latest embargo that was not over when it came, or was taken over. */
        private Optional<Instant> embargo;

        private Optional<Instant> firstEmbargo = Optional.empty();

        private Hold hold = Hold.NONE;

        /** Whether there was a time when it was not held. */
        private boolean wasOpen;

        /** Whether it was a case file, or referred to one, when it came or was released. */
        private boolean aboutCases;

        Stored(Version version) {
            this(version, Set.of(version));
        }

        private Stored(Version version, Set<Version> limits) {
            this.version = version;
            this.limits = new LinkedHashSet<>(limits);
            this.first = new LinkedHashSet<>(limits);
            this.embargo = version.embargo();
        }

        /** Released no further than another from a moment on. */
        boolean follow(Stored other, Instant now) {
            boolean changed = limits.addAll(other.limits);
            if (other.held() && !held()) {
                hold = Hold.BY_REFERENCE;
                changed = true;
            }
            if (other.embargo
                    .filter(end -> now.isBefore(end)
                            && embargo.filter(own -> !own.isBefore(end)).isEmpty())
                    .isPresent()) {
                embargo = other.embargo;
                changed = true;
            }
            return changed;
        }

        boolean held() {
            return hold != Hold.NONE;
        }

        Version version() {
            return version;
        }

        Set<Version> limits() {
            return limits;
        }

        Set<Version> about() {
            return about;
        }

        Set<String> known() {
            return known;
        }

        /** It has come, with what it took over. */
        void begin() {
            first.addAll(limits);
            firstEmbargo = embargo;
            wasOpen = !held();
            aboutCases = any(Version::caseFile);
        }

        /** What nobody outside saw before counts from now on with what it took over meanwhile. */
        void release() {
            hold = Hold.NONE;
            if (!wasOpen) {
                begin();
            }
            aboutCases = any(Version::caseFile);
        }

        Stored asNow() {
            return asOfOld(limits, embargo, held());
        }

        Stored asInTheBeginning() {
            return asOfOld(first, firstEmbargo, !wasOpen);
        }

        private Stored asOfOld(Set<Version> some, Optional<Instant> embargoThen, boolean heldThen) {
            Set<Version> all = new LinkedHashSet<>();
            some.forEach(limit -> all.add(limit.asOfOld(version.ours())));
            Stored old = new Stored(version.asOfOld(version.ours()), all);
            old.about.addAll(about);
            old.embargo = embargoThen;
            old.hold = heldThen ? Hold.WAITS : Hold.NONE;
            return old;
        }

        boolean any(Predicate<Version> what) {
            for (Version limit : limits) {
                if (what.test(limit)) {
                    return true;
                }
            }
            return false;
        }

        boolean all(Predicate<Version> what) {
            return !any(what.negate());
        }
    }

    private final Map<String, Boolean> kinds;
    private final Tlp unmarked;
    private final Map<String, Reader.Centre> centres = new LinkedHashMap<>();
    private final Map<String, List<Stored>> objects = new LinkedHashMap<>();

    /** The same with what was taken back. */
    private final Map<String, List<Stored>> history = new LinkedHashMap<>();

    private final List<Group> groups;
    private final Optional<Desk> desk;
    private Instant now = Instant.EPOCH;

    /** Whether members of the past are asked for: by the group as it is known now. */
    private boolean past;

    /**
     * @param kinds all kinds of values by code, and whether they are personal
     * @param unmarked what {@code policy.default_tlp} says
     * @param centres all partners
     * @param groups all versions of sharing groups, those that come later too, the earliest first
     * @param desk empty when it is off
     */
    public SlowModel(
            Map<String, Boolean> kinds,
            Tlp unmarked,
            List<Reader.Centre> centres,
            List<Group> groups,
            Optional<Desk> desk) {
        this.desk = desk;
        this.groups = List.copyOf(groups);
        this.kinds = kinds;
        this.unmarked = unmarked;
        centres.forEach(centre -> this.centres.put(centre.name(), centre));
    }

    /** Takes in what one author submits at one moment. */
    public void arrive(List<Version> versions) {
        if (versions.isEmpty()) {
            return;
        }
        now = versions.getFirst().at();
        List<Stored> before = all();
        Map<Stored, Object> summaries = summaries();
        Set<Stored> outside = new HashSet<>();
        before.stream()
                .filter(stored -> !stored.any(Version::caseFile))
                .filter(stored -> versions.stream().anyMatch(version -> version.id()
                        .equals(stored.version().id())))
                .forEach(outside::add);
        List<Stored> fresh = versions.stream().map(Stored::new).toList();
        fresh.forEach(this::learn);
        fresh.forEach(this::takeOver);
        fresh.forEach(stored -> add(stored, objects));
        fresh.forEach(stored -> add(stored, history));
        fresh.forEach(this::learn);
        while (narrow(fresh)) {}
        fresh.stream().filter(this::needsSecondPerson).forEach(stored -> stored.hold = Hold.WAITS);
        while (narrow(fresh)) {} // what refers to those that wait
        fresh.forEach(Stored::begin);
        followChanges(summaries);
        fresh.stream().filter(stored -> stored.any(Version::caseFile)).forEach(Stored::begin);
        for (int i = 0; i < fresh.size(); i++) {
            about(fresh.get(i), fresh.subList(i, fresh.size()), outside);
        }
        objects.values().forEach(SlowModel::keepFromOtherUnits);
        all().forEach(stored -> stored.known().clear()); // what changes later is judged then
    }

    private static void add(Stored stored, Map<String, List<Stored>> to) {
        to.computeIfAbsent(stored.version().id(), id -> new ArrayList<>()).add(stored);
    }

    private Map<Stored, Object> summaries() {
        Map<Stored, Object> summaries = new HashMap<>();
        all().forEach(stored -> summaries.put(stored, summary(stored)));
        return summaries;
    }

    /** @param before see {@link #summaries} */
    private void followChanges(Map<Stored, Object> before) {
        do {
            for (Stored stored : all()) {
                learnOfChanges(stored, other -> !summary(other).equals(before.get(other)));
            }
        } while (narrow(all()));
    }

    // Recall.

    /**
     * A centre takes an object back, or narrows it.
     *
     * @param by identity
     * @param producer the identity that the object names as its creator
     * @param upTo the last version that is meant
     * @param narrowedTo empty when it is taken back
     */
    public void recall(String by, String producer, String id, int upTo, Optional<Tlp> narrowedTo, Instant moment) {
        if (!by.equals(producer)) {
            return;
        }
        now = moment;
        List<Stored> meant = objects.getOrDefault(id, List.of()).stream()
                .filter(stored -> stored.version().number() <= upTo)
                .filter(stored -> !stored.aboutCases)
                .toList();
        if (narrowedTo.isEmpty()) {
            takeBack(id, meant);
            return;
        }
        Map<Stored, Object> before = summaries();
        meant.forEach(stored -> stored.limits().add(marked(stored.version(), narrowedTo.get())));
        followChanges(before);
        objects.values().forEach(SlowModel::keepFromOtherUnits);
        all().forEach(stored -> stored.known().clear());
    }

    private void takeBack(String id, List<Stored> meant) {
        if (meant.isEmpty()) {
            return;
        }
        objects.get(id).removeAll(meant);
        if (objects.get(id).isEmpty()) {
            objects.remove(id);
        }
    }

    /** Something that has this marking and nothing else. */
    private Version marked(Version version, Tlp tlp) {
        return new Version(
                version.id(),
                version.number(),
                now,
                version.author(),
                version.ours(),
                List.of(tlp),
                false,
                List.of(),
                Optional.of(Set.of()),
                false,
                false,
                "",
                Set.of());
    }

    /** Equal for objects that are released alike; an object becomes stricter only when it changes. */
    private Object summary(Stored object) {
        boolean toNobody = toNobody(object);
        Map<String, Instant> noted = new TreeMap<>();
        object.limits().stream().filter(limit -> !hasUnknownMarking(limit)).forEach(limit -> limit.namings().stream()
                .flatMap(naming -> naming.group().stream())
                .forEach(group -> noted.merge(
                        group, noted(group, limit.at()), (one, other) -> one.isBefore(other) ? one : other)));
        return List.of(
                marking(object),
                named(object),
                toNobody ? Map.of() : noted,
                allCarried(object),
                object.any(Version::personal),
                object.any(Version::caseFile),
                object.embargo,
                object.held(),
                marking(object) == Tlp.RED && !toNobody
                        ? object.limits().stream()
                                .map(this::marking)
                                .filter(marking -> marking != Tlp.RED)
                                .max(Comparator.naturalOrder())
                                .orElse(Tlp.CLEAR)
                        : "");
    }

    private Set<String> allCarried(Stored object) {
        Set<String> carried = new HashSet<>();
        object.limits().forEach(limit -> carried.addAll(carried(limit)));
        return carried;
    }

    private boolean toNobody(Stored object) {
        return marking(object) == Tlp.RED && named(object).filter(Set::isEmpty).isPresent();
    }

    /** Those whom all markings name; empty when none names recipients. */
    private Optional<Set<String>> named(Stored object) {
        List<Set<String>> named = new ArrayList<>();
        for (Version limit : object.limits()) {
            boolean toNobody = marking(limit) == Tlp.RED && !limit.namesSome();
            if (toNobody || hasUnknownMarking(limit)) {
                named.add(Set.of());
            } else {
                limit.namings().forEach(naming -> naming.recipients().ifPresent(named::add));
            }
        }
        return named.stream().reduce((one, other) -> {
            Set<String> common = new HashSet<>(one);
            common.retainAll(other);
            return common;
        });
    }

    private List<Stored> all() {
        return objects.values().stream().flatMap(List::stream).toList();
    }

    /** What the author of a new object made itself, or is given now. */
    private void learn(Stored stored) {
        for (String reference : stored.version().references()) {
            last(reference).filter(other -> knows(stored.version(), other)).ifPresent(other -> stored.known()
                    .add(reference));
        }
    }

    private boolean knows(Version version, Stored other) {
        return other.version().author().equals(version.author()) || given(version.author(), other, version.at());
    }

    /**
     * The same of what becomes stricter: also by a version that it was given once. Of the past only the markings are
     * known, not for which kinds of values and whose objects the agreement was.
     */
    private void learnOfChanges(Stored stored, Predicate<Stored> changed) {
        Version version = stored.version();
        past = true;
        for (String reference : version.references()) {
            last(reference)
                    .filter(changed)
                    .filter(other -> other.version().author().equals(version.author())
                            || given(version.author(), other.asNow(), version.at())
                            || objects.get(reference).stream()
                                    .anyMatch(one -> given(version.author(), one.asInTheBeginning(), version.at())))
                    .ifPresent(other -> stored.known().add(reference));
        }
        past = false;
    }

    /**
     * Finds the case files that an object refers to, of those that were there before.
     *
     * @param outside what referred to none then, and comes in a new version now
     */
    private void about(Stored stored, List<Stored> later, Set<Stored> outside) {
        if (stored.version().caseFile()) {
            stored.about().add(stored.version());
            return;
        }
        if (!stored.any(Version::caseFile)) {
            return;
        }
        for (String reference : stored.version().references()) {
            Optional<Stored> other = history.getOrDefault(reference, List.of()).reversed().stream()
                    .filter(one -> later.stream().noneMatch(one::equals))
                    .findFirst();
            if (other.filter(one -> !outside.contains(one) && one.about().isEmpty())
                    .filter(one -> one.any(Version::caseFile))
                    .isPresent()) {
                stored.about().clear();
                return;
            }
            other.ifPresent(one -> stored.about().addAll(one.about()));
        }
    }

    /**
     * Who may not see the latest version does not see earlier ones, also when that is taken back: an earlier version is
     * about the case files of later ones, too, and for members of all units if one of those is.
     */
    private static void keepFromOtherUnits(List<Stored> versions) {
        for (int i = versions.size() - 1; i > 0; i--) {
            Stored later = versions.get(i);
            Stored earlier = versions.get(i - 1);
            if (later.any(Version::caseFile) && later.about().isEmpty()) {
                earlier.about().clear();
            } else if (!earlier.about().isEmpty() && !earlier.version().caseFile()) {
                earlier.about().addAll(later.about());
            }
        }
    }

    /** The versions of an object that a reader is given at a moment, the earliest first. */
    public List<Version> given(Reader reader, String id, Instant now) {
        Optional<Stored> last = last(id).filter(stored -> shown(reader, stored, now));
        if (last.isEmpty()) {
            return List.of();
        }
        List<Version> given = new ArrayList<>();
        for (Stored stored : objects.get(id)) {
            if (stored.equals(last.get()) || shown(reader, stored, now)) {
                given.add(stored.version());
            }
        }
        return given;
    }

    /** The last version, when the reader is given it. */
    public Optional<Version> latest(Reader reader, String id, Instant now) {
        return last(id).filter(stored -> shown(reader, stored, now)).map(Stored::version);
    }

    /** What a member submits knows no purpose: that counts only for what it reads. */
    private boolean shown(Reader reader, Stored stored, Instant now) {
        return given(reader, stored, now)
                && (!(reader instanceof Reader.Member member) || purposeIsSaid(member, stored, now));
    }

    private boolean purposeIsSaid(Reader.Member member, Stored object, Instant now) {
        return object.version().ours()
                || !object.any(Version::personal)
                || givers(object).allMatch(partner -> SlowPurposes.open(member, ruling(partner, now)));
    }

    /** Who gave it; any partner when it is not known what an object of nobody outside carries. */
    private Stream<Reader.Centre> givers(Stored object) {
        boolean unknown = object.any(version -> version.kinds().isEmpty());
        return object.version().from().isEmpty() && unknown
                ? centres.values().stream()
                : object.version().from().stream().map(centres::get);
    }

    private boolean given(Reader reader, Stored stored, Instant now) {
        return switch (reader) {
            case Reader.Member member -> toMember(member, stored);
            case Reader.Centre centre ->
                outside(centre.name(), centre.identity(), stored, now) && toCentre(centre, stored, now);
            case Reader.Client client -> outside("", "", stored, now) && toClient(client, stored);
        };
    }

    private Optional<Stored> last(String id) {
        return Optional.ofNullable(objects.get(id)).map(List::getLast);
    }

    // References: limits are only ever added.

    private boolean narrow(List<Stored> some) {
        boolean changed = false;
        for (Stored stored : some) {
            changed |= takeOver(stored);
            changed |= followLatest(stored, objects.get(stored.version().id()).getLast());
        }
        return changed;
    }

    /** No further than each object that it refers to, as far as its author could know that object. */
    private boolean takeOver(Stored stored) {
        boolean changed = false;
        for (String reference : stored.known()) {
            changed |= stored.follow(last(reference).orElseThrow(), now);
        }
        return changed;
    }

    /** Who may not see the latest version does not see earlier ones. */
    private boolean followLatest(Stored stored, Stored last) {
        return !stored.equals(last) && stored.follow(last, now);
    }

    // Members of the centre.

    private static boolean toMember(Reader.Member member, Stored object) {
        if (!object.any(Version::caseFile)) {
            return true;
        }
        if (!member.cases()) {
            return false;
        }
        return member.units().isEmpty()
                || (!object.about().isEmpty()
                        && object.about().stream()
                                .allMatch(file -> member.units().get().contains(file.unit())));
    }

    // Everybody outside, and article 5 of the agreement with the partner that gave an object.

    private boolean outside(String name, String identity, Stored object, Instant now) {
        return !object.held()
                && noCaseFile(object)
                && embargoIsOver(object, now)
                && namesOrIsOpen(identity, object)
                && redNames(identity, object)
                && isMemberOfAll(identity, object, now)
                && handedOn(object)
                && relayed(name, object, now);
    }

    private static boolean noCaseFile(Stored object) {
        return !object.any(Version::caseFile);
    }

    private static boolean embargoIsOver(Stored object, Instant now) {
        return object.embargo.filter(now::isBefore).isEmpty();
    }

    private static boolean namesOrIsOpen(String identity, Stored object) {
        return object.all(version -> namesOrOpen(identity, version));
    }

    private boolean redNames(String identity, Stored object) {
        return object.all(version -> marking(version) != Tlp.RED || names(identity, version));
    }

    /** An account is a member of no group. */
    private boolean isMemberOfAll(String identity, Stored object, Instant now) {
        return object.all(version -> version.namings().isEmpty()
                || hasUnknownMarking(version)
                || version.namings().stream()
                        .flatMap(naming -> naming.group().stream())
                        .allMatch(group -> known(group, past ? this.now : now)
                                .flatMap(latest -> latest.memberSince(identity, now))
                                .filter(since -> !since.isAfter(noted(group, version.at())))
                                .isPresent()));
    }

    /** The latest version of a group that came by a moment; one that is not known has no members. */
    private Optional<Group> known(String group, Instant moment) {
        return groups.stream()
                .filter(version -> version.id().equals(group) && !version.at().isAfter(moment))
                .reduce((earlier, later) -> later);
    }

    /** What an object notes when it comes: the latest beginning of all memberships that is not later than that. */
    private Instant noted(String group, Instant moment) {
        return known(group, moment).stream()
                .flatMap(version -> version.members().stream())
                .map(GroupMember::from)
                .filter(from -> !from.isAfter(moment))
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    private boolean handedOn(Stored object) {
        return object.version().ours() || marking(object).compareTo(Tlp.GREEN) <= 0;
    }

    private boolean relayed(String name, Stored object, Instant now) {
        Optional<String> giver = object.version().from().filter(from -> !from.equals(name));
        return giver.flatMap(from -> ruling(centres.get(from), now))
                .map(paper -> paper.relay() || marking(object) == Tlp.CLEAR)
                .orElse(true);
    }

    // The release desk.

    /** By its terms when it is submitted, with what it took over. */
    private boolean needsSecondPerson(Stored object) {
        return desk.isPresent()
                && canReachSomebody(object)
                && (desk.get().relayed() || !sentByPartner(object))
                && hasReasonToWait(desk.get(), object);
    }

    private boolean canReachSomebody(Stored object) {
        return noCaseFile(object)
                && !toNobody(object)
                && (object.version().ours() || marking(object).compareTo(Tlp.AMBER) < 0);
    }

    private static boolean sentByPartner(Stored object) {
        return !object.version().ours() && object.version().from().isPresent();
    }

    private boolean hasReasonToWait(Desk settings, Stored object) {
        Tlp marking = marking(object);
        return marking == Tlp.RED
                || marking == Tlp.AMBER_STRICT
                || settings.markings().contains(marking)
                || object.any(Version::personal)
                || allCarried(object).stream().anyMatch(settings.kinds()::contains);
    }

    /** Whether the latest version of an object waits itself. */
    public boolean waits(String id) {
        return last(id).filter(stored -> stored.hold == Hold.WAITS).isPresent();
    }

    /**
     * An account wants to release an item.
     *
     * @param item versions that one author submitted and that wait, by ids
     * @param author who submitted the item
     * @param by name of the account
     */
    public Decided release(Map<String, Integer> item, Reader author, String by) {
        if (submitted(author, by)) {
            return Decided.OWN;
        }
        Set<Stored> own = new LinkedHashSet<>();
        item.forEach((id, number) -> last(id).filter(stored -> stored.version().number() == number && stored.held())
                .ifPresent(own::add));
        if (own.isEmpty()) {
            return Decided.REPLACED;
        }
        if (own.stream().anyMatch(stored -> submitted(stored.version().author(), by))) {
            return Decided.OWN;
        }
        Set<Stored> released = withReferrers(own);
        if (own.stream().anyMatch(stored -> refersToHeldOutside(stored, released))) {
            return Decided.BEHIND;
        }
        released.forEach(Stored::release);
        return Decided.RELEASED;
    }

    private static boolean submitted(Reader author, String account) {
        return switch (author) {
            case Reader.Member member -> member.name().equals(account);
            case Reader.Client client -> client.name().equals(account);
            case Reader.Centre _ -> false;
        };
    }

    /** These, and what is held by reference and refers to held objects among them alone. */
    private Set<Stored> withReferrers(Set<Stored> own) {
        Set<Stored> released = new LinkedHashSet<>(own);
        while (objects.values().stream()
                .map(List::getLast)
                .filter(stored -> stored.hold == Hold.BY_REFERENCE)
                .filter(stored -> stored.version().references().stream()
                        .anyMatch(reference ->
                                last(reference).filter(released::contains).isPresent()))
                .map(released::add)
                .reduce(false, Boolean::logicalOr)) {}
        while (released.removeIf(stored -> !own.contains(stored) && refersToHeldOutside(stored, released))) {}
        return released;
    }

    private boolean refersToHeldOutside(Stored stored, Set<Stored> released) {
        return stored.version().references().stream().anyMatch(reference -> last(reference)
                .filter(other -> other.held() && !released.contains(other))
                .isPresent());
    }

    // Partner centres.

    private boolean toCentre(Reader.Centre centre, Stored object, Instant now) {
        Optional<Paper> paper = ruling(centre, now);
        if (paper.isPresent() ? !inForce(paper.get(), now) : centre.required()) {
            return clearWithoutPersonal(object);
        }
        if (paper.isPresent()) {
            return kindsAreNamed(paper.get(), object)
                    && withinCeiling(paper.get().ceiling(), object);
        }
        Interim interim = centre.interim();
        return interimTermsHold(interim, now)
                && interimPurpose(interim, object)
                && withinCeiling(interim.ceiling(), object);
    }

    private boolean clearWithoutPersonal(Stored object) {
        return marking(object) == Tlp.CLEAR && !object.any(Version::personal);
    }

    private static boolean interimTermsHold(Interim interim, Instant now) {
        return interim.until().isEmpty() || now.isBefore(interim.until().get());
    }

    private static boolean interimPurpose(Interim interim, Stored object) {
        return interim.purpose().isPresent() || !object.any(Version::personal);
    }

    /** TLP:RED is only left here when it names the centre. */
    private boolean withinCeiling(Tlp ceiling, Stored object) {
        return object.all(
                version -> marking(version) == Tlp.RED || marking(version).compareTo(ceiling) <= 0);
    }

    private boolean kindsAreNamed(Paper paper, Stored object) {
        return object.all(version -> paper.kinds().containsAll(carried(version)));
    }

    // Accounts of clients.

    private boolean toClient(Reader.Client client, Stored object) {
        return withinAccount(client, object) && nothingPersonal(object);
    }

    private boolean withinAccount(Reader.Client client, Stored object) {
        return marking(object) != Tlp.RED && marking(object).compareTo(client.upTo()) <= 0;
    }

    private static boolean nothingPersonal(Stored object) {
        return !object.any(Version::personal);
    }

    // Agreements.

    /** The last version that both signed and that has begun. */
    private static Optional<Paper> ruling(Reader.Centre centre, Instant now) {
        return centre.papers().stream()
                .filter(paper -> !now.isBefore(paper.from()))
                .max(Comparator.comparingInt(Paper::order));
    }

    private static boolean inForce(Paper paper, Instant now) {
        return now.isBefore(paper.until())
                && (paper.terminated().isEmpty()
                        || now.isBefore(paper.terminated().get()));
    }

    // What an object says of itself, or does not say.

    /** Its own, or that of a stricter object that it refers to. */
    private Tlp marking(Stored object) {
        Tlp strictest = Tlp.CLEAR;
        for (Version limit : object.limits()) {
            strictest = stricter(strictest, marking(limit));
        }
        return strictest;
    }

    private Tlp marking(Version version) {
        if (hasUnknownMarking(version)) {
            return Tlp.RED;
        }
        Tlp strictest = version.markings().isEmpty() ? unmarked : Tlp.CLEAR;
        for (Tlp marking : version.markings()) {
            strictest = stricter(strictest, marking);
        }
        return strictest;
    }

    private static Tlp stricter(Tlp one, Tlp other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private static boolean hasUnknownMarking(Version version) {
        return version.unknownMarking()
                || (!version.namings().isEmpty() && version.namings().stream().anyMatch(naming -> !naming.byCreator()));
    }

    private static boolean namesOrOpen(String identity, Version version) {
        return version.namings().isEmpty()
                || hasUnknownMarking(version)
                || version.namings().stream()
                        .flatMap(naming -> naming.recipients().stream())
                        .allMatch(recipients -> recipients.contains(identity));
    }

    private static boolean names(String identity, Version version) {
        return !hasUnknownMarking(version) && version.namesSome() && namesOrOpen(identity, version);
    }

    private Set<String> carried(Version version) {
        return version.kinds().orElseGet(() -> kinds.keySet().stream()
                .filter(kind -> version.personal() || !kinds.get(kind))
                .collect(Collectors.toSet()));
    }
}
