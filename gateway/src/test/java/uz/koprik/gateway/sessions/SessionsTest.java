package uz.koprik.gateway.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.config.PeopleConfig;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.state.MemoryStateStore;
import uz.koprik.indicators.store.state.StateStore;

/** Sessions of a centre with two gateways that share a state store. */
final class SessionsTest {

    private static final PeopleConfig CONFIG = new PeopleConfig(
            -1,
            "",
            "",
            List.of(),
            true,
            Duration.ofMinutes(30),
            Duration.ofHours(12),
            PeopleConfig.SecondFactor.OPTIONAL);

    private static final Session.Origin ORIGIN = new Session.Origin("192.0.2.7", "Mozilla/5.0");

    private Instant now = Instant.parse("2026-11-29T08:00:00Z");
    private final InstantSource clock = () -> now;
    private final StateStore stateStore = new MemoryStateStore();
    private final Sessions here = new Sessions(stateStore, CONFIG, clock);
    private final Sessions there = new Sessions(stateStore, CONFIG, clock);

    private static Account anna() {
        return new Account(
                "anna",
                Role.ANALYST,
                Tlp.GREEN,
                Optional.of("$argon2id$x"),
                false,
                List.of(),
                Instant.parse("2026-01-01T00:00:00Z"));
    }

    private Sessions.Opened open() throws Exception {
        return here.open(anna(), SessionWay.PASSWORD, ORIGIN);
    }

    @Test
    void aSessionHoldsAtEveryGatewayAndAfterARestart() throws Exception {
        Sessions.Opened opened = open();
        assertTrue(here.held(opened.token()).isPresent(), "in memory where it began");
        assertEquals(Optional.empty(), there.held(opened.token()), "not in memory elsewhere yet");
        assertEquals("anna", there.find(opened.token()).orElseThrow().name());
        assertTrue(there.held(opened.token()).isPresent());
    }

    @Test
    void onlyAHashOfTheTokenIsKept() throws Exception {
        Sessions.Opened opened = open();
        for (String name : stateStore.names("")) {
            String content = new String(stateStore.read(name).orElseThrow().content(), StandardCharsets.UTF_8);
            assertFalse(content.contains(opened.token()) || name.contains(opened.token()), name);
        }
        assertEquals(43, opened.token().length(), "256 bits");
        assertNotEquals(opened.token(), open().token());
    }

    @Test
    void aSessionThatEndedHasEndedAtTheOtherGatewayAfterItsNextTurn() throws Exception {
        Sessions.Opened opened = open();
        there.find(opened.token());
        here.end(opened.session().id());
        assertEquals(Optional.empty(), here.find(opened.token()));
        assertTrue(there.held(opened.token()).isPresent(), "within a second");
        there.tend();
        assertEquals(Optional.empty(), there.held(opened.token()));
        assertEquals(Optional.empty(), there.find(opened.token()));
        assertEquals(Optional.empty(), there.current(opened.session().id()));
    }

    @Test
    void aSessionEndsWhenItIsNotUsed() throws Exception {
        Sessions.Opened opened = open();
        now = now.plus(Duration.ofMinutes(29));
        assertTrue(here.find(opened.token()).isPresent());
        now = now.plus(Duration.ofMinutes(29));
        assertTrue(here.find(opened.token()).isPresent(), "used in between");
        now = now.plus(Duration.ofMinutes(30));
        assertEquals(Optional.empty(), here.held(opened.token()));
        assertEquals(Optional.empty(), here.find(opened.token()));
        assertEquals(List.of(), here.of("anna"));
        here.sweep();
        assertEquals(List.of(), stateStore.names("sessions/"));
    }

    @Test
    void aSessionEndsAfterItsAbsoluteTimeAlsoWhenItIsUsed() throws Exception {
        Sessions.Opened opened = open();
        for (int i = 0; i < 35; i++) {
            now = now.plus(Duration.ofMinutes(20));
            assertTrue(here.find(opened.token()).isPresent());
            here.tend();
        }
        now = now.plus(Duration.ofMinutes(20));
        assertEquals(Optional.empty(), here.find(opened.token()));
    }

    @Test
    void useIsWrittenAtMostOnceAMinute() throws Exception {
        Sessions.Opened opened = open();
        String paper = stateStore.names("sessions/").getFirst();
        String version = stateStore.read(paper).orElseThrow().version();
        now = now.plusSeconds(59);
        here.find(opened.token());
        here.tend();
        assertEquals(version, stateStore.read(paper).orElseThrow().version());
        now = now.plusSeconds(2);
        here.find(opened.token());
        here.tend();
        assertNotEquals(version, stateStore.read(paper).orElseThrow().version());
        there.tend();
        assertEquals(now, there.find(opened.token()).orElseThrow().seen());
    }

    @Test
    void useAtOneGatewayKeepsTheSessionAtTheOther() throws Exception {
        Sessions.Opened opened = open();
        there.find(opened.token());
        for (int i = 0; i < 4; i++) {
            now = now.plus(Duration.ofMinutes(20));
            assertTrue(here.find(opened.token()).isPresent());
            here.tend();
            there.tend();
        }
        assertTrue(there.find(opened.token()).isPresent());
    }

    @Test
    void aForgedTokenFindsNothing() throws Exception {
        Sessions.Opened opened = open();
        String forged = opened.token().substring(0, 42) + (opened.token().endsWith("A") ? 'B' : 'A');
        for (String token :
                List.of(forged, "", "../../accounts", opened.session().id(), opened.token() + "A")) {
            assertEquals(Optional.empty(), here.held(token));
            assertEquals(Optional.empty(), here.find(token));
        }
    }

    @Test
    void aDamagedPaperIsNoSession() throws Exception {
        Sessions.Opened opened = open();
        String paper = stateStore.names("sessions/").getFirst();
        stateStore.replace(paper, stateStore.read(paper).orElseThrow().version(), "{".getBytes(StandardCharsets.UTF_8));
        assertEquals(Optional.empty(), there.find(opened.token()));
        there.sweep();
        assertEquals(List.of(), stateStore.names("sessions/"));
    }

    @Test
    void theLeastRecentlyUsedOfTooManySessionsEnds() throws Exception {
        Sessions.Opened first = open();
        for (int i = 0; i < 50; i++) {
            now = now.plusSeconds(1);
            open();
        }
        assertEquals(50, here.of("anna").size());
        assertEquals(Optional.empty(), here.find(first.token()));
    }

    @Test
    void anOutsideIdentityIsKeptWithRoleUnitsAndTokens() throws Exception {
        Sealing sealing = new Sealing(new byte[16], "provider");
        OutsideIdentity identity = new OutsideIdentity(
                "https://id.example.com",
                "subject-1",
                Optional.of("sid-1"),
                Role.ANALYST,
                CaseUnits.of(java.util.Set.of("Unit 3")),
                now.plusSeconds(60),
                Optional.of(sealing.seal("refresh token", "subject-1")));
        Sessions.Opened opened = here.open("dilnoza", identity, ORIGIN);
        Session read = there.find(opened.token()).orElseThrow();
        assertEquals(opened.session(), read);
        assertEquals(
                Optional.of("refresh token"),
                sealing.open(read.outside().orElseThrow().sealedTokens().orElseThrow(), "subject-1"));
        assertEquals(
                Optional.empty(),
                sealing.open(read.outside().orElseThrow().sealedTokens().orElseThrow(), "subject-2"));
        assertEquals(
                1,
                there.endWhere(session ->
                                session.outside().flatMap(OutsideIdentity::sid).equals(Optional.of("sid-1")))
                        .size());
        here.tend();
        assertEquals(Optional.empty(), here.find(opened.token()));
    }
}
