package uz.koprik.gateway.renewal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustListFile;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.Gateway;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.config.HomeManifest;

/** Commands that change keys, card and partners at the same time lose nothing of one another. */
class ChangesInTurnTest {

    @RegisterExtension
    final Centres centres = new Centres();

    @Test
    void whatThreadsChangeTogetherIsAllThere() throws Exception {
        RunningCentre centre = centres.init("tashkent");
        centre.start();
        CentreCard before = CentreCard.read(Files.readAllBytes(centre.home().ownCard()));
        List<String[]> commands = new ArrayList<>(List.of(
                new String[] {"key", "announce"},
                new String[] {"tls", "renew", "--new-key"},
                new String[] {"tls", "renew"},
                add("seoul"),
                add("astana")));
        CyclicBarrier together = new CyclicBarrier(commands.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<CommandResult>> running = commands.stream()
                    .map(command -> threads.submit(() -> {
                        together.await();
                        return centre.koprik(command);
                    }))
                    .toList();
            for (Future<CommandResult> one : running) {
                CommandResult said = one.get();
                assertEquals(0, said.code(), said::all);
            }
        }
        assertAllThere(centre, before);
        TrustList list = list(centre);
        assertTrue(list.centre("seoul").isPresent() && list.centre("astana").isPresent());
        String partners = Files.readString(centre.home().partners());
        assertTrue(partners.contains("seoul") && partners.contains("astana"), partners);
        centre.stop();
        centre.start();
        assertAllThere(centre, before);
    }

    @Test
    void whatProcessesChangeTogetherIsAllThere() throws Exception {
        RunningCentre centre = centres.init("tashkent");
        CentreCard before = CentreCard.read(Files.readAllBytes(centre.home().ownCard()));
        Process announce = process(centre, "key", "announce");
        Process renew = process(centre, "tls", "renew", "--new-key");
        assertEquals(0, announce.waitFor(), () -> log(centres.folder().resolve("announce.log")));
        assertEquals(0, renew.waitFor(), () -> log(centres.folder().resolve("renew.log")));
        assertAllThere(centre, before);
    }

    private Process process(RunningCentre centre, String... command) throws java.io.IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "uz.koprik.gateway.Main",
                "--home",
                centre.home().root().toString()));
        line.addAll(List.of(command));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(centres.folder().resolve(command[1] + ".log").toFile())
                .start();
    }

    private static String log(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    /**
     * The next signing key and the next TLS key are in the key file, on the card and on the list; all files are whole.
     */
    private static void assertAllThere(RunningCentre centre, CentreCard before) throws Exception {
        CentreKeys keys = Gateway.keys(centre.home());
        CentreCard card = CentreCard.read(Files.readAllBytes(centre.home().ownCard()));
        String next = keys.nextSigning().orElseThrow().kid();
        assertTrue(card.keys().stream().anyMatch(key -> key.kid().equals(next)), "the next key is on the card");
        assertTrue(card.tlsPins().contains(keys.nextTls().orElseThrow().pin()), "the next pin is on the card");
        assertEquals(before.sequence() + 2, card.sequence());
        assertTrue(list(centre).key(next).isPresent());
        HomeManifest.Content manifest = new HomeManifest(centre.home()).read().orElseThrow();
        assertTrue(manifest.changing().isEmpty(), () -> manifest.changing().toString());
        assertEquals(
                Files.size(centre.home().keyFile()),
                manifest.files().get("keys/centre.p12").length());
    }

    private static TrustList list(RunningCentre centre) throws Exception {
        return new TrustListFile(centre.home().trust())
                .loadForRenewal(Gateway.keys(centre.home()).publicKey().kid());
    }

    private String[] add(String name) throws Exception {
        Instant now = Instant.now();
        CentreKeys keys = CentreKeys.generate(name, SignatureAlgorithms.ALL.getFirst(), List.of("localhost"), now);
        CentreCard card = CentreCard.issue(name, name, "identity--" + java.util.UUID.randomUUID(), keys, "", now);
        Path file = Files.write(centres.folder().resolve(name + ".card"), card.bytes());
        return new String[] {
            "partner",
            "add",
            file.toString(),
            "--no-pull",
            "--no-push",
            "--fingerprint",
            card.fingerprint().toString()
        };
    }
}
