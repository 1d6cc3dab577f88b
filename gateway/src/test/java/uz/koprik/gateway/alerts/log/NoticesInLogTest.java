package uz.koprik.gateway.alerts.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.indicators.store.state.StateStore;

/** Alerts for operators in the log, and what gateways of other versions read of it. */
class NoticesInLogTest {

    private static final Instant NOW = AlertLogTest.NOW;

    private static final Notice NOTICE =
            Notice.expiry("certificate", "budapest", NOW, 7, "the certificate ends", "make a new one");

    @TempDir
    Path folder;

    private StateStore stateStore;

    @BeforeEach
    void create() throws Exception {
        stateStore = new FileStateStore(folder);
        AlertLog.create(stateStore, 0);
    }

    @Test
    void aNoticeIsEmittedOncePerThresholdAndSurvivesARestart() throws Exception {
        AlertDraft draft = AlertDraft.of(NOTICE);
        try (AlertLog log = AlertLog.open(stateStore)) {
            assertFalse(log.contains(NOTICE.id()));
            assertEquals(1, log.emit(List.of(draft, draft), AlertLog.AS_BEFORE, NOW));
            assertTrue(log.contains(NOTICE.id()));
        }
        try (AlertLog log = AlertLog.open(stateStore)) {
            assertEquals(0, log.emit(List.of(draft), AlertLog.AS_BEFORE, NOW));
            assertEquals(List.of(new OperatorAlert(1, NOW, NOTICE)), log.after(0, 10));
            Notice later = Notice.expiry("certificate", "budapest", NOW, 1, "the certificate ends", "make a new one");
            assertEquals(1, log.emit(List.of(AlertDraft.of(later)), AlertLog.AS_BEFORE, NOW));
        }
    }

    /** Versions before notices read case matches and conflicts only, and take all else for damage. */
    @Test
    void earlierVersionsReadANoticeAsTheMatchOfACaseThatDoesNotExist() {
        JsonObject stored = AlertJson.stored(new OperatorAlert(3, NOW, NOTICE));
        assertEquals("case_match", stored.string("kind").orElseThrow());
        Alert asBefore = AlertJson.read(stored.without(NoticeJson.STORED));
        CaseMatchAlert match = assertInstanceOf(CaseMatchAlert.class, asBefore);
        assertEquals(3, match.seq());
        assertEquals(NOTICE.id(), match.id());
        assertEquals("incident--" + NOTICE.id(), match.subject());
        assertEquals(match.subject(), match.object().id());
    }

    @Test
    void callersSeeTheNoticeWithoutTheDisguise() {
        JsonObject shown = AlertJson.write(new OperatorAlert(3, NOW, NOTICE));
        assertEquals(
                "{\"action\":\"make a new one\",\"at\":\"" + NOW + "\",\"centre\":\"budapest\",\"days\":7,\"id\":\""
                        + NOTICE.id()
                        + "\",\"kind\":\"expiry\",\"message\":\"the certificate ends\",\"seq\":3,\"time\":\"" + NOW
                        + "\",\"what\":\"certificate\"}",
                new String(CanonicalJson.bytes(shown), StandardCharsets.UTF_8));
        assertEquals(new OperatorAlert(3, NOW, NOTICE), AlertJson.read(shown));
    }

    @Test
    void anAlertOfALaterVersionKeepsItsNumberAndDamagesNothing() throws Exception {
        UUID id = UUID.nameUUIDFromBytes(new byte[] {1});
        JsonObject unknown = AlertJson.write(new OperatorAlert(2, NOW, NOTICE))
                .with("kind", new JsonString("of_tomorrow"))
                .with("id", new JsonString(id.toString()));
        byte[] items = (new String(
                                AlertBatch.items(new byte[0], List.of(new OperatorAlert(1, NOW, NOTICE))),
                                StandardCharsets.UTF_8)
                        + ","
                        + new String(CanonicalJson.bytes(unknown), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
        stateStore.replace(AlertBatch.name(1), "", AlertBatch.write(items, 0, false, 3));
        try (AlertLog log = AlertLog.open(stateStore)) {
            assertEquals(List.of(new OperatorAlert(1, NOW, NOTICE), new UnknownAlert(2, id, NOW)), log.after(0, 10));
            log.append(AlertLogTest.encounters(1, 2), 1, NOW);
        }
        String record =
                new String(stateStore.read(AlertBatch.name(1)).orElseThrow().content(), StandardCharsets.UTF_8);
        assertTrue(record.contains("of_tomorrow"), "the record is continued as it was");
        try (AlertLog log = AlertLog.open(stateStore)) {
            assertEquals(3, log.last());
        }
    }
}
