package uz.koprik.gateway.partners;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.trust.CardContents;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.gateway.config.FileStateStore;

/** Gateways of one centre, each with a trust list of its own. */
class SharedCardNewsTest {

    private static final Instant NOW = Instant.parse("2026-11-29T00:00:00Z");

    private final CentreKeys tashkent = keys("tashkent");
    private final CentreKeys budapest = keys("budapest");

    @TempDir
    Path folder;

    private static CentreKeys keys(String name) {
        return CentreKeys.generate(name, SignatureAlgorithms.ALL.getFirst(), List.of("localhost"), NOW);
    }

    private static CentreCard card(String name, CentreKeys keys, long sequence) {
        return CentreCard.issue(
                new CardContents(
                        name, name, "identity--" + name, List.of(keys.publicKey()), List.of(keys.tlsPin()), ""),
                List.of(keys.signingKey()),
                sequence,
                NOW);
    }

    private TrustList list(long sequence) throws Exception {
        return TrustList.initial(card("tashkent", tashkent, 9), NOW)
                .with(card("budapest", budapest, sequence), Set.of("producer"), NOW);
    }

    @Test
    void aGatewayLearnsOfTheCardThatAnotherOneHas() throws Exception {
        FileStateStore papers = new FileStateStore(folder);
        CardNews first = new CardNews();
        CardNews second = new CardNews();
        TrustList old = list(3);
        TrustList fresh = list(4);
        new SharedCardNews(papers, first, () -> old).tend();
        assertEquals(0, first.take("budapest"));
        new SharedCardNews(papers, second, () -> fresh).tend();
        assertEquals(0, second.take("budapest"));
        new SharedCardNews(papers, first, () -> old).tend();
        assertEquals(4, first.take("budapest"));
        assertEquals(0, first.take("tashkent"), "each gateway knows its own card");
        new SharedCardNews(papers, second, () -> fresh).tend();
        assertEquals(0, second.take("budapest"));
    }

    @Test
    void aDamagedPaperIsWrittenAnew() throws Exception {
        FileStateStore papers = new FileStateStore(folder);
        papers.replace(SharedCardNews.PAPER, "", "{".getBytes(StandardCharsets.UTF_8));
        TrustList fresh = list(4);
        new SharedCardNews(papers, new CardNews(), () -> fresh).tend();
        assertEquals(
                "{\"budapest\":4}",
                new String(papers.read(SharedCardNews.PAPER).orElseThrow().content(), StandardCharsets.UTF_8));
    }
}
