package uz.koprik.gateway.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.http.Problem;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.state.MemoryStateStore;
import uz.koprik.indicators.store.state.StateStore;

/** Second factors of a centre with two gateways that share a state store. */
final class SecondFactorsTest {

    /** The secret of RFC 6238, appendix B, in base32. */
    private static final String RFC = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    private static final Account ANNA = new Account(
            "anna",
            Role.ANALYST,
            Tlp.GREEN,
            Optional.of("$argon2id$x"),
            false,
            List.of(),
            Instant.parse("2026-01-01T00:00:00Z"));

    private Instant now = Instant.parse("2026-11-29T08:00:10Z");
    private final InstantSource clock = () -> now;
    private final StateStore stateStore = new MemoryStateStore();
    private final Sealing sealing = new Sealing(new byte[16], "second factors");
    private final SecondFactors here = new SecondFactors(stateStore, sealing, clock);
    private final SecondFactors there = new SecondFactors(stateStore, sealing, clock);

    private static String code(String secret, Instant at) {
        return Totp.code(secret, at.getEpochSecond() / 30);
    }

    private String setUp() throws Exception {
        String secret = here.start(ANNA);
        here.confirm(ANNA, code(secret, now));
        return secret;
    }

    @Test
    void codesAreThoseOfTheStandard() {
        // RFC 6238, appendix B, the last six digits of SHA-1.
        assertEquals("287082", code(RFC, Instant.ofEpochSecond(59)));
        assertEquals("081804", code(RFC, Instant.ofEpochSecond(1_111_111_109)));
        assertEquals("005924", code(RFC, Instant.ofEpochSecond(1_234_567_890)));
        assertEquals("353130", code(RFC, Instant.ofEpochSecond(20_000_000_000L)));
    }

    @Test
    void clocksMayDifferByOneStep() {
        Instant at = Instant.ofEpochSecond(1_000_000_020);
        for (int seconds : new int[] {-30, 0, 30}) {
            assertTrue(Totp.step(RFC, code(RFC, at.plusSeconds(seconds)), at, 0).isPresent(), () -> seconds + " s");
        }
        for (int seconds : new int[] {-60, 60}) {
            assertEquals(OptionalLong.empty(), Totp.step(RFC, code(RFC, at.plusSeconds(seconds)), at, 0));
        }
    }

    @Test
    void theAddressForAppsNamesCentreAndAccount() {
        assertEquals(
                "otpauth://totp/Cyber%20centre:anna?secret=ABC&issuer=Cyber%20centre",
                Totp.uri("ABC", "Cyber centre", "anna"));
    }

    @Test
    void itHoldsOnceACodeHasConfirmedIt() throws Exception {
        String secret = here.start(ANNA);
        assertFalse(here.has(ANNA));
        Problem wrong = assertThrows(Problem.class, () -> here.confirm(ANNA, "000000"));
        assertEquals("Wrong code", wrong.title());
        assertFalse(here.has(ANNA));
        assertEquals(10, here.confirm(ANNA, code(secret, now)).size());
        assertTrue(here.has(ANNA));
        assertTrue(there.has(ANNA), "at every gateway");
        assertEquals(409, assertThrows(Problem.class, () -> here.start(ANNA)).status());
    }

    @Test
    void theOtherGatewayKnowsItAfterItsNextTurn() throws Exception {
        assertFalse(there.has(ANNA));
        setUp();
        there.tend();
        assertEquals(Optional.of(true), there.heldHas(ANNA));
    }

    @Test
    void aCodeServesOnceAtAllGatewaysTogether() throws Exception {
        String secret = setUp();
        assertEquals(SecondFactors.Code.WRONG, here.use(ANNA, code(secret, now)), "it confirmed the set-up");
        now = now.plusSeconds(30);
        String next = code(secret, now);
        assertEquals(SecondFactors.Code.TIME, here.use(ANNA, next.substring(0, 3) + " " + next.substring(3)));
        assertEquals(SecondFactors.Code.WRONG, here.use(ANNA, next));
        assertEquals(SecondFactors.Code.WRONG, there.use(ANNA, next));
        assertEquals(SecondFactors.Code.WRONG, there.use(ANNA, code(secret, now.minusSeconds(30))), "an earlier one");
    }

    @Test
    void aRecoveryCodeServesOnce() throws Exception {
        String secret = here.start(ANNA);
        List<String> codes = here.confirm(ANNA, code(secret, now));
        assertEquals(SecondFactors.Code.RECOVERY, there.use(ANNA, codes.get(3).toUpperCase(Locale.ROOT)));
        assertEquals(SecondFactors.Code.WRONG, here.use(ANNA, codes.get(3)));
        assertEquals(9, here.status(ANNA).orElseThrow().recoveryCodes());
        List<String> others = here.renewRecoveryCodes(ANNA);
        assertEquals(SecondFactors.Code.WRONG, here.use(ANNA, codes.get(4)));
        assertEquals(SecondFactors.Code.RECOVERY, here.use(ANNA, others.get(4)));
    }

    @Test
    void nothingThatIsKeptOpensAnything() throws Exception {
        String secret = here.start(ANNA);
        List<String> codes = here.confirm(ANNA, code(secret, now));
        String kept = new String(
                stateStore.read("second-factors/anna.json").orElseThrow().content(), StandardCharsets.UTF_8);
        assertFalse(kept.contains(secret), kept);
        codes.forEach(code -> assertFalse(kept.contains(code) || kept.contains(code.replace("-", "")), kept));
    }

    @Test
    void aLaterAccountOfTheSameNameHasNoneOfIt() throws Exception {
        setUp();
        Account later = new Account("anna", Role.ANALYST, Tlp.GREEN, Optional.of("x"), false, List.of(), now);
        assertFalse(here.has(later));
        here.start(later);
        assertFalse(here.has(ANNA));
    }

    @Test
    void aDamagedOneOpensNothing() throws Exception {
        setUp();
        StateStore.Paper paper = stateStore.read("second-factors/anna.json").orElseThrow();
        stateStore.replace(paper.name(), paper.version(), "{".getBytes(StandardCharsets.UTF_8));
        here.tend();
        assertTrue(here.has(ANNA));
        assertEquals(
                503, assertThrows(Problem.class, () -> here.use(ANNA, "123456")).status());
        here.remove("anna");
        assertFalse(here.has(ANNA));
    }
}
