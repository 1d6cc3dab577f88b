package uz.koprik.gateway.release;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import uz.koprik.crypto.KnownCentre;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.jws.Signature;
import uz.koprik.crypto.jws.Signer;
import uz.koprik.gateway.agreements.SignedPapers;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.intake.IncomingObject;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.TestCentre;
import uz.koprik.gateway.partners.GroupBook;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.gateway.partners.Partners;
import uz.koprik.gateway.recalls.DamagedRecalls;
import uz.koprik.gateway.recalls.TestRecalls;
import uz.koprik.gateway.release.DrawnWorld.Item;
import uz.koprik.gateway.release.DrawnWorld.NamingMarking;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseFiles;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.PersonalUse;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.policy.UnknownMarking;
import uz.koprik.indicators.policy.slow.SlowAgreements.Interim;
import uz.koprik.indicators.policy.slow.SlowGroups.Group;
import uz.koprik.indicators.policy.slow.SlowModel;
import uz.koprik.indicators.policy.slow.SlowReader;
import uz.koprik.indicators.policy.slow.SlowVersion;
import uz.koprik.indicators.policy.slow.SlowVersion.Naming;
import uz.koprik.indicators.stix.KeyedIds;
import uz.koprik.indicators.stix.Recall;
import uz.koprik.indicators.stix.ReleaseMarking;
import uz.koprik.indicators.stix.StixWriter;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * A real centre with intake, store and release, whose partners, signed agreements, accounts and clock are drawn at
 * random; beside it the slow model. Many worlds live in one region without touching each other.
 */
final class DrawnRegion implements AutoCloseable {

    private static final Instant BEGIN = TestCentre.NOW;
    private static final Duration STEP = Duration.ofHours(1);
    private static final int STEPS = 5;
    private static final List<String> PARTNERS = DrawnPapers.PARTNERS;
    private static final Map<String, Boolean> KINDS = DrawnPapers.KINDS;

    /** The same in all regions: each new key that verifies something is prepared for it first. */
    private static final KnownCentre US = KnownCentre.fresh("tashkent", SignedPapers.SIGNED);

    private final TestCentre centre;
    private final DrawnPapers papers;
    private final Intake intake;
    private final Release release;
    private final Partners partners;
    private final Map<String, String> identities = new LinkedHashMap<>();
    private final List<NamingMarking> namings = new ArrayList<>();
    private final Map<String, SlowReader> readers = new LinkedHashMap<>();
    private final List<SlowReader.Centre> centres = new ArrayList<>();
    private final Tlp unmarked;
    private final DrawnGroups groups;
    private final GroupReader groupReader;
    private final DrawnDesk desk;
    private final TestRecalls recalls;
    private final DrawnRedactions redactions;

    /** @param papers what this centre and its partners signed */
    DrawnRegion(long seed, Path folder, DrawnPapers papers) throws Exception {
        this.papers = papers;
        Random random = random(seed);
        centre = new TestCentre("tashkent", folder, US);
        boolean required = random.nextBoolean();
        unmarked = DrawnWorld.pick(random, List.of(Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER));
        identities.put("us", centre.identity);
        identities.put("other", "identity--" + DrawnWorld.uuid(random));
        identities.put("", "");
        List<PartnerSettings> settings = new ArrayList<>();
        for (String name : PARTNERS) {
            centre.trusts(papers.card(name), "producer");
            identities.put(name, papers.card(name).identity());
            SlowReader.Centre partner =
                    new SlowReader.Centre(name, identities.get(name), papers.with(name), required, interim(random));
            centres.add(partner);
            readers.put(name, partner);
            settings.add(new PartnerSettings(
                    name, false, Duration.ofMinutes(1), false, true, agreement(partner.interim()), Optional.empty()));
        }
        centre.partners.replace(settings);
        partners = papers.partners(centre.partners, required, () -> centre.now);
        LocalCentre local = new LocalCentre(
                "tashkent", centre.identity, OneSignature.of(centre.keys.signer()), new KeyedIds(new byte[32]));
        intake = TestCentre.withoutMatches(new Intake(
                centre.store,
                local,
                centre.trust,
                partners,
                centre.correlator,
                unmarked,
                UnknownMarking.STRICTEST,
                folder.resolve("evidence"),
                () -> centre.now));
        release = new Release(
                centre.store, centre.correlator, partners::closedSources, partners::purposesOnUse, () -> centre.now);
        GroupBook book = new GroupBook(() -> centre.now);
        centre.trust.follow(book);
        groupReader = new GroupReader(release, book);
        groups = DrawnGroups.draw(random, PARTNERS, identities, BEGIN, STEP);
        for (Tlp tlp : Tlp.values()) {
            readers.put("client " + tlp, new SlowReader.Client("client " + tlp, tlp));
        }
        readers.put("anna", new SlowReader.Member("anna", true, Optional.empty()));
        readers.put("fraud", new SlowReader.Member("fraud", true, Optional.of(Set.of("fraud"))));
        readers.put("both", new SlowReader.Member("both", true, Optional.of(Set.of("fraud", "narcotics"))));
        for (String purpose : DrawnPapers.PURPOSES) {
            readers.put(
                    "for " + purpose,
                    new SlowReader.Member("for " + purpose, true, Optional.empty(), Optional.of(purpose)));
        }
        readers.put("operator", new SlowReader.Member("operator", false, Optional.empty()));
        defineNamings(random); // before the desk, so that no definition waits there
        desk = new DrawnDesk(random, centre.store, local, intake, () -> centre.now);
        recalls = new TestRecalls(intake, release, centre.trust, () -> centre.now);
        redactions = new DrawnRedactions(centre, intake, release, unmarked, desk, recalls);
    }

    /** Signs everything alike: this centre does not verify what it signs by itself, and no reader here does. */
    private record OneSignature(Signer signer, Signature signature) implements Signer {

        static OneSignature of(Signer signer) {
            return new OneSignature(signer, signer.sign(new byte[0], BEGIN));
        }

        @Override
        public String alg() {
            return signer.alg();
        }

        @Override
        public String kid() {
            return signer.kid();
        }

        @Override
        public Signature sign(byte[] payload, Instant issuedAt) {
            return signature;
        }
    }

    /** The first numbers for neighbouring seeds have nothing in common. */
    static Random random(long seed) {
        return new Random(seed * 0x9E3779B97F4A7C15L);
    }

    private static Interim interim(Random random) {
        return new Interim(
                DrawnWorld.pick(random, DrawnPapers.CEILINGS),
                random.nextBoolean() ? Optional.of("fraud") : Optional.empty(),
                random.nextBoolean() ? Optional.of(DrawnPapers.day(random, 0, 8)) : Optional.empty());
    }

    private static Agreement agreement(Interim interim) {
        return new Agreement(interim.ceiling(), interim.purpose(), interim.until(), "");
    }

    private byte[] signed(String creator, byte[] object) throws MalformedJson {
        return PARTNERS.contains(creator) ? papers.signed(creator, object) : object;
    }

    /** As this centre really signs it. */
    private byte[] ours(byte[] object) throws MalformedJson {
        return SignatureExtension.attach(StrictJson.parseObject(object), centre.keys.signer(), BEGIN);
    }

    private void defineNamings(Random random) throws Exception {
        for (String creator :
                List.of("us", "us", "us", "us", "us", "us", "us", "budapest", "budapest", "seoul", "almaty")) {
            int says = 1 + random.nextInt(7);
            NamingMarking naming = new NamingMarking(
                    "marking-definition--" + DrawnWorld.uuid(random),
                    creator,
                    (says & 1) == 0 ? Optional.empty() : Optional.of(some(random)),
                    (says & 2) == 0
                            ? Optional.empty()
                            : Optional.of(
                                    DrawnWorld.pick(random, groups.versions()).id()),
                    (says & 4) == 0
                            ? Optional.empty()
                            : Optional.of(
                                    BEGIN.plus(Duration.ofHours(DrawnWorld.pick(random, List.of(1, 2, 4, 30, 100))))));
            namings.add(naming);
            ReleaseMarking marking = new ReleaseMarking(
                    naming.recipients()
                            .map(names -> names.stream().map(identities::get).collect(Collectors.toSet())),
                    naming.group(),
                    naming.embargo());
            String definition = "{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":\"" + naming.id()
                    + "\",\"created_by_ref\":\"" + identities.get(creator)
                    + "\",\"created\":\"2026-11-01T00:00:00.000Z\",\"object_marking_refs\":[\""
                    + Markings.id(Tlp.CLEAR) + "\"],\"extensions\":{\"" + ReleaseMarking.EXTENSION_ID + "\":"
                    + CanonicalJson.text(marking.extension()) + "}}";
            take(
                    List.of(signed(creator, definition.getBytes(StandardCharsets.UTF_8))),
                    source(creator.equals("us") ? "anna" : creator));
        }
    }

    private static Set<String> some(Random random) {
        Set<String> some = new LinkedHashSet<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            some.add(DrawnWorld.pick(random, PARTNERS));
        }
        return some;
    }

    DrawnWorld draw(Random random) {
        return DrawnWorld.draw(
                random,
                PARTNERS,
                readers.keySet().stream()
                        .filter(name -> name.startsWith("client"))
                        .toList(),
                namings);
    }

    private Source source(String by) {
        return switch (readers.get(by)) {
            case SlowReader.Centre partner -> new Source.Partner(partner.name());
            case SlowReader.Client client ->
                new Source.Account(client.name(), false, CaseUnits.ALL, Optional.of(client.upTo()));
            case SlowReader.Member member -> new Source.Account(member.name(), true);
        };
    }

    private Recipient recipient(SlowReader reader) {
        return switch (reader) {
            case SlowReader.Centre partner ->
                centre.trust.recipient(
                        partner.name(), partners.partner(partner.name()).agreement());
            case SlowReader.Client client -> new Recipient.Client(client.name(), client.upTo());
            case SlowReader.Member member ->
                member.cases()
                        ? new Recipient.Analyst(
                                member.name(),
                                member.units().map(CaseUnits::of).orElse(CaseUnits.ALL),
                                member.purpose().map(PersonalUse::of).orElse(PersonalUse.UNSAID))
                        : new Recipient.Operator(member.name());
        };
    }

    private void take(List<byte[]> objects, Source source) throws StoreUnavailable {
        List<IncomingObject> offered = new ArrayList<>();
        for (byte[] object : objects) {
            offered.add(new IncomingObject(object, "/" + offered.size()));
        }
        for (Outcome outcome : intake.take(offered, source)) {
            if (outcome.status() != Outcome.Status.ACCEPTED) {
                throw new AssertionError(source + ": " + outcome);
            }
        }
    }

    /**
     * Takes in all worlds, then asks for every reader at several moments.
     *
     * @return what differs, by the number of the world
     */
    Map<Integer, String> disagreements(List<DrawnWorld> worlds) throws Exception {
        Map<Integer, String> differences = new TreeMap<>();
        List<SlowModel> models = new ArrayList<>();
        for (int i = 0; i < worlds.size(); i++) {
            models.add(new SlowModel(KINDS, unmarked, centres, groups.versions(), desk.settings()));
        }
        for (int step = 0; step < STEPS; step++) {
            centre.now = BEGIN.plus(STEP.multipliedBy(step));
            for (Group group : groups.at(centre.now)) {
                String owner = groups.owner(group.id());
                byte[] json = groups.json(group, identities.get(owner));
                boolean ours = owner.equals("us");
                take(List.of(ours ? ours(json) : signed(owner, json)), source(ours ? "anna" : owner));
            }
            groupReader.news();
            for (String by : readers.keySet()) {
                submit(worlds, models, by, step, differences);
            }
            redactions.follow(models, differences);
            decide(worlds, models, step, differences);
            recall(worlds, models, step);
            later();
            redactions.follow(models, differences);
            redact(worlds, models, step, differences);
        }
        ReaderComparison comparison = new ReaderComparison(release, worlds, models, redactions);
        for (int hours : List.of(STEPS, 40, 90, 200)) {
            centre.now = BEGIN.plus(Duration.ofHours(hours));
            for (SlowReader reader : readers.values()) {
                comparison.compare(reader, recipient(reader), centre.now, differences);
                if (reader instanceof SlowReader.Member member && hours == STEPS) {
                    comparison.compareMatches(member, recipient(reader), centre.now, differences);
                }
            }
        }
        return differences;
    }

    private void submit(
            List<DrawnWorld> worlds, List<SlowModel> models, String by, int step, Map<Integer, String> differences)
            throws Exception {
        List<byte[]> together = new ArrayList<>();
        for (int i = 0; i < worlds.size(); i++) {
            List<SlowVersion> versions = new ArrayList<>();
            for (Item item : worlds.get(i).items()) {
                if (item.step() == step && item.by().equals(by)) {
                    together.add(bytes(item));
                    versions.add(version(item));
                }
            }
            models.get(i).arrive(versions);
        }
        if (together.isEmpty()) {
            return;
        }
        desk.begin();
        take(together, source(by));
        desk.end(by, step);
        for (int i = 0; i < worlds.size(); i++) {
            keep(i, desk.disagreement(worlds.get(i), by, step, models.get(i)), differences);
        }
    }

    private void decide(List<DrawnWorld> worlds, List<SlowModel> models, int step, Map<Integer, String> differences)
            throws StoreUnavailable {
        for (int i = 0; i < worlds.size(); i++) {
            for (DrawnWorld.Decision decision : worlds.get(i).decisions()) {
                if (decision.step() == step) {
                    String by = decision.by();
                    keep(
                            i,
                            desk.decide(worlds.get(i), decision, source(by), readers.get(by), models.get(i)),
                            differences);
                }
            }
        }
    }

    /** A new version of a redaction has a later time than the one before. */
    private void later() {
        centre.now = centre.now.plusSeconds(1);
    }

    private void redact(List<DrawnWorld> worlds, List<SlowModel> models, int step, Map<Integer, String> differences)
            throws StoreUnavailable {
        for (int i = 0; i < worlds.size(); i++) {
            for (DrawnWorld.Redacted order : worlds.get(i).redactions()) {
                if (order.step() == step) {
                    later();
                    Optional<SlowReader> to = Optional.ofNullable(readers.get(order.partner()));
                    keep(
                            i,
                            redactions.redact(
                                    i,
                                    order,
                                    to.map(this::recipient).map(Recipient.Partner.class::cast),
                                    to.map(SlowReader.Centre.class::cast),
                                    models.get(i)),
                            differences);
                }
                if (order.releasedAt() == step) {
                    keep(i, redactions.decide(order, models.get(i)), differences);
                }
            }
        }
    }

    private void recall(List<DrawnWorld> worlds, List<SlowModel> models, int step)
            throws StoreUnavailable, DamagedRecalls {
        for (int i = 0; i < worlds.size(); i++) {
            for (DrawnWorld.TakenBack taken : worlds.get(i).recalls()) {
                if (taken.step() == step) {
                    String by = identities.get(taken.by());
                    models.get(i)
                            .recall(
                                    by,
                                    identities.get(taken.producer()),
                                    taken.id(),
                                    taken.upTo(),
                                    taken.narrowedTo(),
                                    centre.now);
                    recall(taken, by);
                }
            }
        }
    }

    private void recall(DrawnWorld.TakenBack taken, String by) throws StoreUnavailable, DamagedRecalls {
        Recall recall = new Recall(
                "recall--" + UUID.randomUUID(),
                centre.now,
                by,
                taken.id(),
                ReaderComparison.micros(taken.upTo()),
                taken.narrowedTo().isPresent() ? Recall.Act.NARROW : Recall.Act.WITHDRAW,
                taken.narrowedTo(),
                "a mistake");
        if (taken.by().equals(taken.producer())) { // of anybody else, no recall comes into the book
            recalls.note(
                    recall,
                    StixWriter.signed(recall.json(), intake.localCentre().signer(), centre.now));
        }
        List<Entry> covered = intake.recalledObjects().covered(recall);
        if (taken.narrowedTo().isPresent()) {
            intake.recalledObjects().narrow(covered, taken.narrowedTo().get());
        } else if (!covered.isEmpty()) {
            intake.recalledObjects().withdraw(recall, covered, taken.by());
        }
    }

    private static void keep(int world, Optional<String> difference, Map<Integer, String> differences) {
        difference.ifPresent(text -> differences.putIfAbsent(world, text));
    }

    private byte[] bytes(Item item) throws MalformedJson {
        if (item.type() == DrawnWorld.Type.CASE) {
            CaseFile file = CaseFile.open("T-" + item.id().substring(10, 20), "A case", "card-fraud", BEGIN)
                    .withOwnerUnit(item.unit());
            return CaseFiles.write(
                            file, centre.identity, item.id(), true, Optional.empty(), centre.keys.signer(), BEGIN)
                    .bytes();
        }
        if (item.type() == DrawnWorld.Type.RETURNED) {
            return ours(item.json(centre.identity).getBytes(StandardCharsets.UTF_8));
        }
        return signed(item.creator(), item.json(identities.get(item.creator())).getBytes(StandardCharsets.UTF_8));
    }

    private SlowVersion version(Item item) {
        SlowReader author = readers.get(item.by());
        String voucher = author instanceof SlowReader.Centre ? item.by() : "us";
        String producer = item.creator().isEmpty() ? voucher : item.creator();
        // A definition goes no further than what it marks, so an account of a client knows those that limit no more.
        Predicate<NamingMarking> knows = naming -> !(author instanceof SlowReader.Client)
                || (naming.recipients().isEmpty()
                        && naming.group().isEmpty()
                        && naming.embargo().filter(centre.now::isBefore).isEmpty());
        Function<NamingMarking, Naming> meaning = naming -> naming(
                naming,
                knows.test(naming) && naming.creator().equals(producer),
                author instanceof SlowReader.Member || naming.creator().equals(item.by()));
        return new SlowVersion(
                item.id(),
                item.version(),
                centre.now,
                author,
                producer.equals("us"),
                List.copyOf(item.markings()),
                item.unknownMarking(),
                item.namings().stream().map(meaning).toList(),
                item.type() == DrawnWorld.Type.CASE ? Optional.empty() : Optional.of(item.kinds()),
                item.kinds().contains("email"),
                item.type() == DrawnWorld.Type.CASE,
                item.unit(),
                item.refs(),
                parts(item, meaning),
                item.revoked(),
                item.type() == DrawnWorld.Type.RETURNED
                        ? Optional.of(new SlowVersion.Origin(item.original(), 1, Optional.empty(), Set.of()))
                        : Optional.empty());
    }

    private Naming naming(NamingMarking naming, boolean byCreator, boolean known) {
        return new Naming(
                naming.recipients()
                        .map(names -> names.stream().map(identities::get).collect(Collectors.toSet())),
                naming.group(),
                naming.embargo(),
                byCreator,
                known);
    }

    /** Each object inside is one. */
    private static List<SlowVersion.Part> parts(Item item, Function<NamingMarking, Naming> meaning) {
        List<SlowVersion.Part> parts = new ArrayList<>();
        for (DrawnPart part : item.parts()) {
            parts.add(new SlowVersion.Part(
                    part.what(),
                    part.markings(),
                    part.unknownMarking(),
                    part.namings().stream().map(meaning).toList(),
                    part.kinds(item),
                    part.refs(item),
                    part.needed(item)));
        }
        return parts;
    }

    @Override
    public void close() {
        intake.close();
        centre.close();
    }
}
