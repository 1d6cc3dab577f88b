package uz.koprik.gateway.centre;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import uz.koprik.gateway.auth.Role;

class CentresTest {

    private final List<String> closed = new ArrayList<>();

    private void add(Centres centres, String name) {
        centres.add(() -> closed.add(name));
    }

    @Test
    void stopsCentresInReverseOrderAndRemovesTheirHomes() throws Exception {
        Centres centres = new Centres();
        centres.beforeEach(null);
        RunningCentre centre =
                centres.init("tashkent").withAccount("anna", Role.ANALYST).start();
        assertEquals(
                200,
                centre.clientOf("anna").get("/taxii2/", RunningCentre.TAXII).status());
        Path folder = centres.folder();
        centres.add(() -> closed.add(Files.exists(centre.home().url()) ? "running" : "stopped"));
        centres.afterEach(null);
        assertEquals(List.of("running"), closed, "the last one is closed first");
        assertFalse(Files.exists(folder));
    }

    @Test
    void aStaticExtensionKeepsTheCentresOfTheClass() throws Exception {
        Centres centres = new Centres();
        centres.beforeAll(null);
        add(centres, "of the class");
        Path folder = centres.folder();
        centres.beforeEach(null);
        add(centres, "of the test");
        centres.afterEach(null);
        assertEquals(List.of("of the test"), closed);
        assertTrue(Files.exists(folder));
        centres.afterAll(null);
        assertEquals(List.of("of the test", "of the class"), closed);
        assertFalse(Files.exists(folder));
    }

    @Test
    @SuppressWarnings("try") // a stop that is interrupted is what is tested
    void aCentreThatDoesNotStopIsReportedAndTheOthersStop() throws Exception {
        Centres centres = new Centres(Duration.ofMillis(100));
        CountDownLatch end = new CountDownLatch(1);
        add(centres, "first");
        centres.add(new AutoCloseable() {
            @Override
            public void close() throws InterruptedException {
                end.await();
            }

            @Override
            public String toString() {
                return "centre tashkent";
            }
        });
        String message = assertThrows(AssertionError.class, () -> centres.afterEach(null))
                .getMessage();
        end.countDown();
        assertTrue(message.startsWith("centre tashkent did not stop within 100 ms"), message);
        assertTrue(message.contains("CountDownLatch.await"), message);
        assertEquals(List.of("first"), closed);
    }

    @Test
    void aFailedStopIsReportedAndTheOthersStop() {
        Centres centres = new Centres();
        add(centres, "first");
        centres.add(() -> {
            throw new IllegalStateException("busy");
        });
        Exception failure = assertThrows(Exception.class, () -> centres.afterEach(null));
        assertTrue(failure.getMessage().contains("busy"), failure.getMessage());
        assertEquals(List.of("first"), closed);
    }

    @Test
    void aSettingThatIsNotInTheFileIsRefused() throws Exception {
        Centres centres = new Centres();
        RunningCentre centre = centres.init("tashkent");
        assertThrows(AssertionError.class, () -> centre.withConfig("no such: line", ""));
        centres.afterEach(null);
    }
}
