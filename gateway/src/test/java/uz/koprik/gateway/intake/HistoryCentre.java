package uz.koprik.gateway.intake;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.intake.OwnershipModel.Answer;
import uz.koprik.gateway.intake.OwnershipModel.Content;
import uz.koprik.gateway.intake.OwnershipModel.Party;
import uz.koprik.gateway.intake.OwnershipModel.Submission;
import uz.koprik.gateway.intake.OwnershipModel.Version;
import uz.koprik.gateway.intake.RandomHistory.Event;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.gateway.release.PageFilter;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.Countersignature;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.SearchQuery;
import uz.koprik.indicators.store.Versions;

/**
 * A centre with real keys that repeats histories one after the other, each with ids of its own, and says what its
 * parties are answered.
 */
final class HistoryCentre implements AutoCloseable {

    /** When the agreement of the partner whose agreement ends is over. */
    private static final Instant END = TestCentre.NOW.plus(Duration.ofDays(1));

    private static final Map<String, CentreKeys> KEYS = new HashMap<>();
    private static final Map<String, String> IDENTITIES = new HashMap<>();
    private static final String UNLISTED_IDENTITY = "identity--" + UUID.randomUUID();

    static {
        for (String name : RandomHistory.CENTRES.subList(1, RandomHistory.CENTRES.size())) {
            IDENTITIES.put(name, "identity--" + UUID.randomUUID());
            KEYS.put(
                    name,
                    CentreKeys.generate(
                            name,
                            SignatureAlgorithms.ALL.getFirst(),
                            List.of("127.0.0.1"),
                            TestCentre.NOW.minusSeconds(3600)));
        }
    }

    private static final Pattern TAG = Pattern.compile("\"x_tag\":\"([^\"]*)\"");
    private static final Map<Character, String> TYPES =
            Map.of('i', "indicator", 'r', "report", 'd', "domain-name", 'e', "email-addr");

    /** More than a group of histories has entries. */
    private static final int MANY = 10_000;

    final TestCentre centre;

    /**
     * One history.
     *
     * @param ids by the names that the model has for them
     * @param word part of the values in it
     */
    record Run(Map<String, String> ids, String word) {

        static Run fresh() {
            Map<String, String> fresh = new LinkedHashMap<>();
            RandomHistory.IDS.forEach(id -> fresh.put(id, TYPES.get(id.charAt(0)) + "--" + UUID.randomUUID()));
            return new Run(
                    fresh, fresh.get("i0").substring("indicator--".length()).replace("-", ""));
        }

        List<String> values() {
            return List.of("domain:" + word + ".example.com", "email:anna@" + word + ".example.com");
        }
    }

    HistoryCentre(Path folder) {
        this(folder, UnaryOperator.identity());
    }

    HistoryCentre(Path folder, UnaryOperator<InternalStore> around) {
        this.centre = new TestCentre(OwnershipModel.HOME, folder, "", around);
        KEYS.forEach((name, keys) -> {
            CentreCard card = CentreCard.issue(name, name, IDENTITIES.get(name), keys, "", TestCentre.NOW);
            if (name.equals("moscow")) {
                centre.trusts(card, "producer", "relay");
            } else {
                centre.trusts(card, "producer");
            }
        });
    }

    /** The agreements of these parties hold, and the clock is at its start. */
    void begin(List<Party> parties) {
        centre.now = TestCentre.NOW;
        centre.partners.replace(parties.stream()
                .filter(Party::partner)
                .map(party -> new PartnerSettings(
                        party.name(),
                        false,
                        Duration.ofMillis(200),
                        false,
                        party.unsigned(),
                        agreement(party),
                        Optional.empty()))
                .toList());
    }

    private static Agreement agreement(Party party) {
        return new Agreement(
                Tlp.valueOf(OwnershipModel.TLPS.get(party.max())),
                party.purpose() ? Optional.of("fraud") : Optional.empty(),
                party.ends() ? Optional.of(END) : Optional.empty(),
                "test");
    }

    /**
     * Repeats one event of each history, null for none, the submissions of one party in one batch; what the submitters
     * are answered.
     */
    List<Answer> repeat(List<Run> runs, List<Event> events) throws Exception {
        Answer[] answers = new Answer[events.size()];
        Map<Party, List<Integer>> submissions = new LinkedHashMap<>();
        for (int i = 0; i < answers.length; i++) {
            switch (events.get(i)) {
                case null -> {}
                case Event.EndAgreement() -> {
                    centre.now = END;
                    answers[i] = Answer.ACCEPTED;
                }
                case Event.Withdraw(Party by, String id, String which) ->
                    answers[i] = new Answer(
                            "WITHDRAWN",
                            String.valueOf(centre.intake.withdraw(
                                    runs.get(i).ids.get(id), versions(which), "test", source(by))));
                case Event.Submit(Submission submission) ->
                    submissions
                            .computeIfAbsent(submission.by(), none -> new ArrayList<>())
                            .add(i);
            }
        }
        for (Map.Entry<Party, List<Integer>> submitted : submissions.entrySet()) {
            List<String> batch = new ArrayList<>();
            List<Integer> last = new ArrayList<>();
            for (int i : submitted.getValue()) {
                batch.addAll(List.of(objects(runs.get(i), ((Event.Submit) events.get(i)).submission())));
                last.add(batch.size() - 1);
            }
            List<Outcome> outcomes =
                    centre.intake.take(TestCentre.offered(batch.toArray(String[]::new)), source(submitted.getKey()));
            for (int i = 0; i < last.size(); i++) {
                Outcome outcome = outcomes.get(last.get(i));
                String code =
                        outcome.refusal().map(refusal -> refusal.code().name()).orElse("");
                answers[submitted.getValue().get(i)] =
                        new Answer(outcome.status().name(), code);
            }
        }
        return Arrays.asList(answers);
    }

    private String[] objects(Run run, Submission submission) throws Exception {
        byte[] bytes = json(run, submission.content()).getBytes(StandardCharsets.UTF_8);
        if (!submission.signer().isEmpty()) {
            bytes = SignatureExtension.attach(
                    StrictJson.parseObject(bytes), keys(submission.signer()).signer(), TestCentre.NOW);
        }
        String object = new String(bytes, StandardCharsets.UTF_8);
        if (submission.voucher().isEmpty()) {
            return new String[] {object};
        }
        Countersignature said = Countersignature.of(
                StixReader.read(bytes), identity(submission.voucher()), Countersignature.Role.IMPORTER);
        Tlp tlp = Tlp.valueOf(
                OwnershipModel.TLPS.get(Math.max(0, submission.content().tlp())));
        byte[] countersignature = said.write(tlp, keys(submission.voucher()).signer(), TestCentre.NOW)
                .bytes();
        return new String[] {new String(countersignature, StandardCharsets.UTF_8), object};
    }

    private CentreKeys keys(String name) {
        return name.equals(OwnershipModel.HOME) ? centre.keys : KEYS.get(name);
    }

    private String identity(String creator) {
        return switch (creator) {
            case OwnershipModel.HOME -> centre.identity;
            case RandomHistory.UNLISTED -> UNLISTED_IDENTITY;
            default -> IDENTITIES.get(creator);
        };
    }

    static Source source(Party party) {
        return switch (party.kind()) {
            case PARTNER -> new Source.Partner(party.name());
            case MEMBER -> new Source.Account(party.name(), true);
            case ACCOUNT ->
                new Source.Account(
                        party.name(),
                        false,
                        CaseUnits.ALL,
                        Optional.of(Tlp.valueOf(OwnershipModel.TLPS.get(party.max()))));
        };
    }

    static Recipient recipient(Party party) {
        return switch (party.kind()) {
            case PARTNER -> new Recipient.Partner(party.name(), agreement(party));
            case MEMBER -> new Recipient.Analyst(party.name());
            case ACCOUNT -> new Recipient.Client(party.name(), Tlp.valueOf(OwnershipModel.TLPS.get(party.max())));
        };
    }

    private static Versions versions(String which) {
        return switch (which) {
            case "first" -> Versions.FIRST;
            case "last" -> Versions.LAST;
            default -> Versions.ALL;
        };
    }

    private String json(Run run, Content content) {
        String id = run.ids.get(content.id());
        StringBuilder json = new StringBuilder("{\"type\":\""
                + TYPES.get(content.id().charAt(0)) + "\",\"spec_version\":\"2.1\",\"id\":\"" + id + '"');
        if (!content.creator().isEmpty()) {
            json.append(",\"created_by_ref\":\"")
                    .append(identity(content.creator()))
                    .append('"');
        }
        if (!content.observable()) {
            json.append(",\"created\":\"2026-11-01T00:00:0")
                    .append(content.created())
                    .append(".000Z\",\"modified\":\"2026-11-01T00:0")
                    .append(content.modified())
                    .append(":00.000Z\",\"name\":\"an object\"");
            if (content.revoked()) {
                json.append(",\"revoked\":true");
            }
        }
        if (content.tlp() >= 0) {
            json.append(",\"object_marking_refs\":[\"")
                    .append(Markings.id(Tlp.valueOf(OwnershipModel.TLPS.get(content.tlp()))))
                    .append("\"]");
        }
        String refs = "[\""
                + String.join("\",\"", content.refs().stream().map(run.ids::get).toList()) + "\"]";
        json.append(
                switch (content.id().charAt(0)) {
                    case 'i' ->
                        ",\"pattern\":\"[domain-name:value = '" + run.word
                                + ".example.com']\",\"pattern_type\":\"stix\",\"valid_from\":\"2026-11-01T00:00:00Z\"";
                    case 'r' -> ",\"published\":\"2026-11-01T00:00:00Z\",\"object_refs\":" + refs;
                    case 'd' ->
                        ",\"value\":\"" + run.word + ".example.com\""
                                + (content.refs().isEmpty() ? "" : ",\"resolves_to_refs\":" + refs);
                    default -> ",\"value\":\"anna@" + run.word + ".example.com\"";
                });
        return json.append(",\"x_tag\":\"").append(tag(content)).append("\"}").toString();
    }

    /** Says which content it is. */
    static String tag(Content content) {
        return content.id()
                + '/'
                + content.creator()
                + '/'
                + content.created()
                + '/'
                + content.modified()
                + '/'
                + content.tlp()
                + '/'
                + content.refs()
                + '/'
                + content.revoked()
                + '/'
                + content.variant();
    }

    private static List<String> tags(List<Entry> entries) {
        return entries.stream().map(HistoryCentre::tag).toList();
    }

    private static String tag(Entry entry) {
        Matcher tag = TAG.matcher(StandardCharsets.UTF_8.decode(entry.object()));
        return tag.find() ? tag.group(1) : entry.facts().type();
    }

    /** All that a party reads of these histories, by what it asks; totals and facets of all together come last. */
    List<Map<String, String>> answers(Party party, List<Run> runs) throws Exception {
        Recipient recipient = recipient(party);
        List<Map<String, String>> answers = new ArrayList<>();
        Map<String, Integer> byId = new HashMap<>();
        Map<String, Integer> byValue = new HashMap<>();
        for (int i = 0; i < runs.size(); i++) {
            Map<String, String> own = new LinkedHashMap<>();
            for (Map.Entry<String, String> id : runs.get(i).ids.entrySet()) {
                byId.put(id.getValue(), i);
                List<Entry> latest =
                        centre.release.latest(recipient, id.getValue()).stream().toList();
                own.put("latest " + id.getKey(), tags(latest).toString());
                own.put(
                        "versions " + id.getKey(),
                        tags(centre.release.versions(recipient, id.getValue())).toString());
            }
            for (String value : runs.get(i).values()) {
                byValue.put(value, i);
            }
            answers.add(own);
        }
        for (String which : List.of("first", "last", "all")) {
            put(
                    answers,
                    "page " + which,
                    byId,
                    centre.release
                            .page(
                                    recipient,
                                    new PageFilter(Set.of(), byId.keySet(), Set.of(), versions(which), 0),
                                    0,
                                    MANY)
                            .entries());
        }
        centre.release.carriers(recipient, byValue.keySet(), 100).forEach((value, carriers) -> {
            if (carriers.count() > 0) {
                int run = byValue.get(value);
                answers.get(run)
                        .put(
                                "carriers " + value.replace(runs.get(run).word, "v"),
                                carriers.count() + " "
                                        + tags(carriers.freshest()).stream()
                                                .sorted()
                                                .toList());
            }
        });
        SearchQuery search = SearchQuery.builder()
                .observables(byValue.keySet())
                .facets(EnumSet.allOf(Search.Facet.class))
                .limit(MANY)
                .build();
        Search.Result result = centre.release.search(recipient, search);
        put(answers, "search", byId, result.entries().reversed());
        answers.add(Map.of(
                "total",
                String.valueOf(result.total()),
                "facets",
                new TreeMap<>(Map.of(
                                "tlp",
                                new TreeMap<>(result.facets().get(Search.Facet.TLP)),
                                "type",
                                new TreeMap<>(result.facets().get(Search.Facet.TYPE)),
                                "from",
                                new TreeMap<>(result.facets().get(Search.Facet.RECEIVED_FROM))))
                        .toString()));
        return answers;
    }

    /** Notes of each history which of its entries were given, in their order. */
    private static void put(
            List<Map<String, String>> answers, String what, Map<String, Integer> byId, List<Entry> entries) {
        List<List<String>> tags = new ArrayList<>();
        answers.forEach(none -> tags.add(new ArrayList<>()));
        entries.forEach(entry -> tags.get(byId.get(entry.facts().id())).add(tag(entry)));
        for (int i = 0; i < tags.size(); i++) {
            answers.get(i).put(what, tags.get(i).toString());
        }
    }

    /** The same as the model has it. */
    static Map<String, String> expected(OwnershipModel model, Party party) {
        Map<String, String> answers = new LinkedHashMap<>();
        for (String id : RandomHistory.IDS) {
            answers.put("latest " + id, tagsOf(model.read(party, id, "last")).toString());
            answers.put("versions " + id, tagsOf(model.read(party, id, "all")).toString());
        }
        for (String which : List.of("first", "last", "all")) {
            answers.put("page " + which, tagsOf(inOrder(model, party, which)).toString());
        }
        List<Version> latest = inOrder(model, party, "last");
        carriers(
                answers,
                "domain:v.example.com",
                latest.stream()
                        .filter(version -> version.content.value().equals("v"))
                        .toList());
        carriers(
                answers,
                "email:anna@v.example.com",
                latest.stream().filter(version -> version.content.personal()).toList());
        answers.put("search", tagsOf(found(latest)).toString());
        return answers;
    }

    /** Total and facets of several histories together, as their models have them. */
    static Map<String, String> expectedFacets(List<OwnershipModel> models, Party party) {
        Map<String, Map<String, Long>> facets = new TreeMap<>();
        for (String facet : List.of("from", "tlp", "type")) {
            facets.put(facet, new TreeMap<>());
        }
        int total = 0;
        for (OwnershipModel model : models) {
            for (Version version : found(inOrder(model, party, "last"))) {
                total++;
                facets.get("from").merge(version.from, 1L, Long::sum);
                facets.get("tlp").merge(OwnershipModel.TLPS.get(version.sort.tlp()), 1L, Long::sum);
                facets.get("type").merge(TYPES.get(version.content.id().charAt(0)), 1L, Long::sum);
            }
        }
        return Map.of("total", String.valueOf(total), "facets", facets.toString());
    }

    private static List<Version> found(List<Version> latest) {
        return latest.stream()
                .filter(version -> !version.content.value().isEmpty())
                .toList();
    }

    private static void carriers(Map<String, String> answers, String value, List<Version> carrying) {
        if (!carrying.isEmpty()) {
            answers.put(
                    "carriers " + value,
                    carrying.size() + " " + tagsOf(carrying).stream().sorted().toList());
        }
    }

    private static List<Version> inOrder(OwnershipModel model, Party party, String which) {
        List<Version> all = new ArrayList<>();
        RandomHistory.IDS.forEach(id -> all.addAll(model.read(party, id, which)));
        all.sort(Comparator.comparingLong(version -> version.place));
        return all;
    }

    private static List<String> tagsOf(List<Version> versions) {
        return versions.stream().map(version -> tag(version.content)).toList();
    }

    @Override
    public void close() {
        centre.close();
    }
}
