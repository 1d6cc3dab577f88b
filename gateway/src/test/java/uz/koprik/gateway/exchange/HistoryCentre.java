package uz.koprik.gateway.exchange;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
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
import uz.koprik.gateway.exchange.OwnershipModel.Answer;
import uz.koprik.gateway.exchange.OwnershipModel.Content;
import uz.koprik.gateway.exchange.OwnershipModel.Kind;
import uz.koprik.gateway.exchange.OwnershipModel.Party;
import uz.koprik.gateway.exchange.OwnershipModel.Submission;
import uz.koprik.gateway.exchange.OwnershipModel.Version;
import uz.koprik.gateway.exchange.RandomHistory.Event;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.Countersignature;
import uz.koprik.indicators.stix.SignatureExtension;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.Store;
import uz.koprik.indicators.store.Versions;

/** A centre with real keys that repeats histories one after the other, each with ids of its own, and says what its parties are answered. */
final class HistoryCentre implements AutoCloseable {

    /** When the agreement of the partner whose agreement ends is over. */
    private static final Instant END = TestCentre.NOW.plus(Duration.ofDays(1));

    private static final Map<String, CentreKeys> KEYS = new HashMap<>();
    private static final Map<String, String> IDENTITIES = new HashMap<>();
    private static final String UNLISTED_IDENTITY = "identity--" + UUID.randomUUID();

    static {
        for (String name : RandomHistory.CENTRES.subList(1, RandomHistory.CENTRES.size())) {
            IDENTITIES.put(name, "identity--" + UUID.randomUUID());
            KEYS.put(name, CentreKeys.generate(name, SignatureAlgorithms.ALL.getFirst(), List.of("127.0.0.1"), TestCentre.NOW.minusSeconds(3600)));
        }
    }

    private static final Pattern TAG = Pattern.compile("\"x_tag\":\"([^\"]*)\"");
    private static final Map<Character, String> TYPES = Map.of('i', "indicator", 'r', "report", 'd', "domain-name", 'e', "email-addr");

    final TestCentre centre;
    private Map<String, String> ids = Map.of();
    private String run = "";

    HistoryCentre(Path folder) {
        this(folder, UnaryOperator.identity());
    }

    HistoryCentre(Path folder, UnaryOperator<Store> around) {
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

    /** Begins a history: new ids, the agreements of these parties, the clock at its start. */
    void begin(List<Party> parties) {
        Map<String, String> fresh = new LinkedHashMap<>();
        RandomHistory.IDS.forEach(id -> fresh.put(id, TYPES.get(id.charAt(0)) + "--" + UUID.randomUUID()));
        begin(parties, fresh);
    }

    void begin(List<Party> parties, Map<String, String> chosen) {
        ids = chosen;
        run = chosen.get("i0").substring("indicator--".length()).replace("-", "");
        centre.now = TestCentre.NOW;
        centre.partners.replace(parties.stream().filter(Party::partner).map(party -> new PartnerSettings(
                party.name(), false, Duration.ofMillis(200), false, party.unsigned(), agreement(party), Optional.empty())).toList());
    }

    Map<String, String> ids() {
        return ids;
    }

    private static Agreement agreement(Party party) {
        return new Agreement(Tlp.valueOf(OwnershipModel.TLPS.get(party.max())), party.purpose() ? Optional.of("fraud") : Optional.empty(),
                party.ends() ? Optional.of(END) : Optional.empty(), "test");
    }

    /** Repeats one event; what its submitter is answered. */
    Answer repeat(Event event) throws Exception {
        return switch (event) {
            case Event.EndAgreement() -> {
                centre.now = END;
                yield Answer.ACCEPTED;
            }
            case Event.Withdraw(Party by, String id, String which) -> new Answer(
                    "WITHDRAWN", String.valueOf(centre.intake.withdraw(ids.get(id), versions(which), "test", source(by))));
            case Event.Submit(Submission submission) -> submit(submission);
        };
    }

    private Answer submit(Submission submission) throws Exception {
        List<Outcome> outcomes = centre.intake.take(TestCentre.offered(objects(submission)), source(submission.by()));
        Outcome outcome = outcomes.getLast();
        String code = outcome.refusal().map(refusal -> refusal.code().name()).orElse("");
        return new Answer(outcome.status().name(), code);
    }

    String[] objects(Submission submission) throws Exception {
        byte[] bytes = json(submission.content()).getBytes(StandardCharsets.UTF_8);
        if (!submission.signer().isEmpty()) {
            bytes = SignatureExtension.attach(StrictJson.parseObject(bytes), keys(submission.signer()).signer(), TestCentre.NOW);
        }
        String object = new String(bytes, StandardCharsets.UTF_8);
        if (submission.voucher().isEmpty()) {
            return new String[] {object};
        }
        Countersignature said = Countersignature.of(
                StixReader.read(bytes), identity(submission.voucher()), Countersignature.Role.IMPORTER);
        Tlp tlp = Tlp.valueOf(OwnershipModel.TLPS.get(Math.max(0, submission.content().tlp())));
        byte[] countersignature = said.write(tlp, keys(submission.voucher()).signer(), TestCentre.NOW).bytes();
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
            case ACCOUNT -> new Source.Account(
                    party.name(), false, CaseUnits.ALL, Optional.of(Tlp.valueOf(OwnershipModel.TLPS.get(party.max()))));
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

    private String json(Content content) {
        String id = ids.get(content.id());
        StringBuilder json = new StringBuilder("{\"type\":\"" + TYPES.get(content.id().charAt(0)) + "\",\"spec_version\":\"2.1\",\"id\":\"" + id + '"');
        if (!content.creator().isEmpty()) {
            json.append(",\"created_by_ref\":\"").append(identity(content.creator())).append('"');
        }
        if (!content.observable()) {
            json.append(",\"created\":\"2026-11-01T00:00:0").append(content.created()).append(".000Z\",\"modified\":\"2026-11-01T00:0")
                    .append(content.modified()).append(":00.000Z\",\"name\":\"an object\"");
            if (content.revoked()) {
                json.append(",\"revoked\":true");
            }
        }
        if (content.tlp() >= 0) {
            json.append(",\"object_marking_refs\":[\"").append(Markings.id(Tlp.valueOf(OwnershipModel.TLPS.get(content.tlp())))).append("\"]");
        }
        String refs = "[\"" + String.join("\",\"", content.refs().stream().map(ids::get).toList()) + "\"]";
        json.append(switch (content.id().charAt(0)) {
            case 'i' -> ",\"pattern\":\"[domain-name:value = '" + run + ".example.com']\",\"pattern_type\":\"stix\",\"valid_from\":\"2026-11-01T00:00:00Z\"";
            case 'r' -> ",\"published\":\"2026-11-01T00:00:00Z\",\"object_refs\":" + refs;
            case 'd' -> ",\"value\":\"" + run + ".example.com\"" + (content.refs().isEmpty() ? "" : ",\"resolves_to_refs\":" + refs);
            default -> ",\"value\":\"anna@" + run + ".example.com\"";
        });
        return json.append(",\"x_tag\":\"").append(tag(content)).append("\"}").toString();
    }

    /** Says which content it is. */
    static String tag(Content content) {
        return content.id() + '/' + content.creator() + '/' + content.created() + '/' + content.modified() + '/' + content.tlp() + '/'
                + content.refs() + '/' + content.revoked() + '/' + content.variant();
    }

    private static List<String> tags(List<Entry> entries) {
        return entries.stream().map(HistoryCentre::tag).toList();
    }

    private static String tag(Entry entry) {
        Matcher tag = TAG.matcher(StandardCharsets.UTF_8.decode(entry.object()));
        return tag.find() ? tag.group(1) : entry.facts().type();
    }

    /** All that a party reads of this history, by what it asks. */
    Map<String, String> answers(Party party) throws Exception {
        Recipient recipient = recipient(party);
        Map<String, String> answers = new LinkedHashMap<>();
        for (Map.Entry<String, String> id : ids.entrySet()) {
            answers.put("latest " + id.getKey(), centre.release.latest(recipient, id.getValue()).map(HistoryCentre::tag).stream().toList().toString());
            answers.put("versions " + id.getKey(), tags(centre.release.versions(recipient, id.getValue())).toString());
        }
        for (String which : List.of("first", "last", "all")) {
            answers.put("page " + which, tags(centre.release.page(
                    recipient, Set.of(), new HashSet<>(ids.values()), Set.of(), versions(which), 0, 0, 100).entries()).toString());
        }
        List<String> values = List.of("domain:" + run + ".example.com", "email:anna@" + run + ".example.com");
        centre.release.carriers(recipient, values, 100).forEach((value, carriers) -> {
            if (carriers.count() > 0) {
                answers.put("carriers " + value.replace(run, "v"), carriers.count() + " " + tags(carriers.freshest()).stream().sorted().toList());
            }
        });
        Search search = new Search(new Audience(0), "", new HashSet<>(values), Set.of(), Set.of(), Set.of(), Set.of(), Optional.empty(),
                Optional.empty(), EnumSet.allOf(Search.Facet.class), Optional.empty(), 100);
        Search.Result result = centre.release.search(recipient, search);
        answers.put("search", result.total() + " " + tags(result.entries()).reversed());
        answers.put("facets", new TreeMap<>(Map.of(
                "tlp", new TreeMap<>(result.facets().get(Search.Facet.TLP)), "type", new TreeMap<>(result.facets().get(Search.Facet.TYPE)),
                "from", new TreeMap<>(result.facets().get(Search.Facet.RECEIVED_FROM)))).toString());
        return answers;
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
        carriers(answers, "domain:v.example.com", latest.stream().filter(version -> version.content.value().equals("v")).toList());
        carriers(answers, "email:anna@v.example.com", latest.stream().filter(version -> version.content.personal()).toList());
        List<Version> found = latest.stream().filter(version -> !version.content.value().isEmpty()).toList();
        answers.put("search", found.size() + " " + tagsOf(found));
        Map<String, Map<String, Long>> facets = new TreeMap<>();
        for (String facet : List.of("from", "tlp", "type")) {
            facets.put(facet, new TreeMap<>());
        }
        for (Version version : found) {
            facets.get("from").merge(version.from, 1L, Long::sum);
            facets.get("tlp").merge(OwnershipModel.TLPS.get(version.sort.tlp()), 1L, Long::sum);
            facets.get("type").merge(TYPES.get(version.content.id().charAt(0)), 1L, Long::sum);
        }
        answers.put("facets", facets.toString());
        return answers;
    }

    private static void carriers(Map<String, String> answers, String value, List<Version> carrying) {
        if (!carrying.isEmpty()) {
            answers.put("carriers " + value, carrying.size() + " " + tagsOf(carrying).stream().sorted().toList());
        }
    }

    private static List<Version> inOrder(OwnershipModel model, Party party, String which) {
        List<Version> all = new ArrayList<>();
        RandomHistory.IDS.forEach(id -> all.addAll(model.read(party, id, which)));
        all.sort(java.util.Comparator.comparing(version -> version.place));
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
