package uz.koprik.gateway.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;

/** A redaction on its way to a partner, and what becomes of it when its original goes. */
class RedactionExchangeTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> SECRETS = List.of("Example Bank", "insider", "4711");

    @RegisterExtension
    final Centres centres = new Centres();

    private TwoPartners two;
    private String id;
    private Tlp whole = Tlp.GREEN;
    private Tlp part = Tlp.RED;

    @BeforeEach
    void start() throws Exception {
        two = new TwoPartners(centres, true, true, false);
        id = RunningCentre.freshId();
    }

    private void submit(int day, String more) throws Exception {
        String identity = CentreCard.read(Files.readAllBytes(two.tashkent.home().ownCard()))
                .identity();
        String object = ("{'type':'indicator','spec_version':'2.1','id':'" + id + "','created_by_ref':'" + identity
                        + "','created':'2026-11-01T00:00:00.000Z','modified':'2026-11-0" + day + "T00:00:00.000Z',"
                        + "'name':'Phishing','description':'the victim is Example Bank'," + more
                        + "'pattern':'[ipv4-addr:value = \\u0027198.51.100.9\\u0027]','pattern_type':'stix',"
                        + "'valid_from':'2026-11-01T00:00:00Z','labels':['one','insider'],"
                        + "'external_references':[{'source_name':'file','external_id':'4711'}],"
                        + "'object_marking_refs':['" + Markings.id(whole) + "'],"
                        + "'granular_markings':[{'marking_ref':'" + Markings.id(part)
                        + "','selectors':['description','labels.[1]','external_references.[0].external_id']}]}")
                .replace('\'', '"');
        Path file = Files.writeString(centres.folder().resolve(id + day + ".json"), object);
        TwoPartners.good(two.tashkent, "submit", file.toString());
    }

    private String redacted() {
        JsonNode made = CentreAnswers.parse(TwoPartners.good(
                        two.tashkent, "--json", "redact", id, "--to-tlp", "green", "--reason", "for all partners")
                .getBytes(StandardCharsets.UTF_8));
        return made.path("id").asText();
    }

    private static CentreClient.Reply shown(RunningCentre centre, String object) throws Exception {
        return centre.adminClient().get("/api/objects/" + object);
    }

    private static boolean has(RunningCentre centre, String object) throws Exception {
        CentreClient.Reply reply = shown(centre, object);
        return reply.status() == 200
                && !CentreAnswers.parse(reply.body()).path("revoked").asBoolean();
    }

    @Test
    void aPartnerGetsTheRestAndNoByteOfWhatWasCut() throws Exception {
        submit(1, "");
        CommandResult preview = two.tashkent.koprik("redact", id, "--for", "budapest", "--preview");
        assertTrue(preview.out().contains("cut   /description: TLP:RED"), preview::all);
        assertTrue(preview.out().contains("goes to budapest"), preview::all);
        String made = redacted();
        await(SOON, () -> two.arrived(made));
        JsonNode there = TwoPartners.asked(two.budapest, "/api/objects/" + made);
        assertEquals("signed", there.path("origin").asText(), there::toPrettyString);
        assertEquals("tashkent", there.path("signed_by").path(0).path("centre").asText());
        assertTrue(there.path("object").toString().contains(id), there::toPrettyString);
        assertTrue(there.path("object").toString().contains("198.51.100.9"), there::toPrettyString);
        for (String secret : SECRETS) {
            assertFalse(there.toString().contains(secret), there::toPrettyString);
        }
        assertFalse(two.arrived(id), "the original stays at home");
        assertFalse(holds(two.budapest.home().root(), SECRETS), "nowhere in its home");
        CommandResult explained = two.tashkent.koprik("explain", id, "--to", "budapest");
        assertTrue(explained.out().contains("a redaction of it goes: " + made), explained::all);

        assertEquals(made, redacted(), "the same command makes the same redaction");
        submit(2, "\"confidence\":80,");
        JsonNode known = TwoPartners.asked(two.tashkent, "/api/objects/" + id + "/redactions");
        assertTrue(known.path("redactions").path(0).path("outdated").asBoolean(), known::toPrettyString);
        assertEquals(made, redacted());
        await(SOON, () -> shown(two.budapest, made).text().contains("80"));
    }

    private static boolean holds(Path home, List<String> secrets) throws Exception {
        try (var files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (secrets.subList(0, 2).stream().anyMatch(bytes::contains)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void aRecallOfTheOriginalTakesTheRedactionBack() throws Exception {
        submit(1, "");
        String made = redacted();
        await(SOON, () -> two.arrived(made));
        TwoPartners.good(two.tashkent, "recall", id, "--reason", "the name of Example Bank");
        await(SOON, () -> !has(two.tashkent, made));
        await(SOON, () -> !has(two.budapest, made));
        await(SOON, () -> recalls(made).path("recalls").size() == 1);
        JsonNode recalls = recalls(made);
        assertFalse(recalls.toString().contains("Example Bank"), "the reason is for those who have the original");
    }

    private JsonNode recalls(String object) throws Exception {
        return TwoPartners.asked(two.budapest, "/api/recalls?object=" + object);
    }

    private static boolean narrowed(RunningCentre centre, String object) throws Exception {
        return shown(centre, object).text().contains("\"tlp\":\"TLP:AMBER+STRICT\"");
    }

    @Test
    void aStricterVersionOfTheOriginalNarrowsTheRedaction() throws Exception {
        submit(1, "");
        String made = redacted();
        await(SOON, () -> two.arrived(made));
        whole = Tlp.AMBER_STRICT;
        submit(2, "");
        await(SOON, () -> narrowed(two.tashkent, made));
        await(SOON, () -> narrowed(two.budapest, made));
    }

    @Test
    void aNarrowedOrRevokedOriginalNarrowsOrRevokesTheRedaction() throws Exception {
        part = Tlp.AMBER;
        submit(1, "");
        String made = redacted();
        await(SOON, () -> two.arrived(made));
        TwoPartners.good(two.tashkent, "recall", id, "--narrow", "amber+strict", "--reason", "too wide");
        await(SOON, () -> narrowed(two.tashkent, made));
        await(SOON, () -> narrowed(two.budapest, made));
        id = RunningCentre.freshId();
        submit(1, "");
        String other = redacted();
        await(SOON, () -> two.arrived(other));
        TwoPartners.good(two.tashkent, "revoke", id, "--reason", "wrong");
        await(SOON, () -> !has(two.tashkent, other));
        await(SOON, () -> !has(two.budapest, other));
    }
}
