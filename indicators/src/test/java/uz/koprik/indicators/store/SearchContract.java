package uz.koprik.indicators.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.Tlp;

/** Searches by words and fields, their pages, counts and highlights. */
public abstract class SearchContract extends StoreContract {

    protected SearchContract(StoreBackend backend) {
        super(backend);
    }

    private List<Long> found(String words) throws StoreUnavailable {
        return seqs(store.search(words(words)).entries());
    }

    @Test
    void findsWordsOfAnyLanguage() throws StoreUnavailable {
        append(
                Drafts.indicator(1).text("O‘zbekiston banki mijozlariga qarshi firibgarlik"),
                Drafts.indicator(2).text("Мошенничество с банковскими картами: Ёлка"),
                Drafts.indicator(3).text("Árvíztűrő tükörfúrógép — adathalászat"),
                Drafts.indicator(4).text("보이스피싱을 이용한 금융사기"),
                Drafts.indicator(5).text("Phishing kit at login.paypal-secure.example.com, 198.51.100.7"));
        assertEquals(List.of(1L), found("o'zbekiston"));
        assertEquals(List.of(1L), found("OʻZBEKISTON firibgarlik"));
        assertEquals(List.of(2L), found("мошенничество"));
        assertEquals(List.of(2L), found("елка КАРТАМИ"));
        assertEquals(List.of(3L), found("arvizturo"));
        assertEquals(List.of(3L), found("ADATHALÁSZAT tukor*"));
        assertEquals(List.of(4L), found("보이스피싱"));
        assertEquals(List.of(4L), found("금융*"));
        assertEquals(List.of(5L), found("paypal"));
        assertEquals(List.of(5L), found("example.com"));
        assertEquals(List.of(5L), found("login.paypal-secure.example.com"));
        assertEquals(List.of(5L), found("198.51.100.7"));
        assertEquals(List.of(), found("7.100.51.198"));
        assertEquals(List.of(5L), found("phish*"));
        assertEquals(List.of(), found("phish"));
        assertEquals(List.of(), found("phishing firibgarlik"));
        assertEquals(List.of(), found("*"));
        assertEquals(List.of(), found("!!!"));
        assertEquals(List.of(1L), found("Ўзбекистон"));
        assertEquals(List.of(1L), found("фирибгар*"));
        assertEquals(List.of(2L), found("moshennichestvo"));
        assertEquals(List.of(), found("피싱보이"));
        assertEquals(List.of(5L), found("\"kit at login\""));
        assertEquals(List.of(), found("\"at kit\""));
        assertEquals(List.of(4L, 3L, 2L, 1L), found("-phishing"));
        assertEquals(List.of(), found("phishing -\"kit at\""));
        assertThrows(IllegalArgumentException.class, () -> found("word ".repeat(1000)));
    }

    @Test
    void searchesByKindLabelAndWhatItIsAbout() throws StoreUnavailable, IOException {
        Draft labelled = Drafts.indicator(2)
                .carries("ipv4:192.0.2.1")
                .refersTo("incident--1")
                .text("one")
                .draft();
        byte[] object =
                "{\"type\":\"indicator\",\"labels\":[\"Money Mule\",\"bank\"]}".getBytes(StandardCharsets.UTF_8);
        append(Drafts.indicator(1)
                .carries("domain:example.com", "domain:example.net")
                .text("one"));
        store.append(List.of(new Draft(labelled.facts(), object)));
        append(
                Drafts.indicator("incident--1").type("incident").text("one"),
                Drafts.indicator(4)
                        .tlp(Tlp.RED)
                        .carries("domain:example.org")
                        .refersTo("incident--1")
                        .text("two"));
        SearchBuilder any = new SearchBuilder();
        for (int round = 0; round < 2; round++) {
            assertEquals(
                    List.of(4L, 1L),
                    seqs(store.search(any.kinds("domain").build()).entries()));
            assertEquals(
                    List.of(4L, 2L, 1L),
                    seqs(store.search(any.kinds("domain", "ipv4").build()).entries()));
            assertEquals(
                    List.of(1L),
                    seqs(store.search(any.kinds("domain").words("one").build()).entries()));
            assertEquals(
                    List.of(1L),
                    seqs(store.search(any.kinds("domain").audience(GREEN_ONLY).build())
                            .entries()));
            assertEquals(
                    List.of(2L),
                    seqs(store.search(any.labels("money mule").build()).entries()));
            assertEquals(
                    List.of(2L),
                    seqs(store.search(any.labels("BANK", "none").build()).entries()));
            assertEquals(
                    List.of(), seqs(store.search(any.labels("mule").build()).entries()));
            assertEquals(
                    List.of(4L, 3L, 2L),
                    seqs(store.search(any.about("incident--1").build()).entries()));
            assertEquals(
                    List.of(3L, 2L),
                    seqs(store.search(any.about("incident--1", "incident--2")
                                    .words("one")
                                    .build())
                            .entries()));
            assertEquals(
                    List.of(),
                    seqs(store.search(any.about("incident--2").build()).entries()));
            Search.Result seen = store.search(any.about("incident--1")
                    .audience(GREEN_ONLY)
                    .facets(Search.Facet.TYPE)
                    .limit(1)
                    .build());
            assertEquals(2, seen.total());
            assertEquals(Map.of("incident", 1L, "indicator", 1L), seen.facets().get(Search.Facet.TYPE));
            assertTrue(seen.more());
            reopen();
        }
    }

    @Test
    void countsByTimeWhatTheAudienceMaySee() throws StoreUnavailable {
        for (int i = 1; i <= 12; i++) {
            append(Drafts.indicator(i).tlp(i % 4 == 0 ? Tlp.RED : Tlp.GREEN).text(i % 2 == 0 ? "even" : "odd"));
        }
        append(Drafts.indicator(1).version(2).text("odd"));
        for (Search.Interval interval : Search.Interval.values()) {
            Map<LocalDate, Long> expected = new TreeMap<>();
            for (Entry entry : store.page(
                            new Selection(GREEN_ONLY, Set.of(), Set.of(), Set.of(), Versions.LAST, 0), 0, 100)
                    .entries()) {
                LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(entry.added(), 86_400_000_000L));
                expected.merge(interval.first(day), 1L, Long::sum);
            }
            Search.Result all = store.search(new SearchBuilder()
                    .audience(GREEN_ONLY)
                    .histogram(interval)
                    .limit(1)
                    .build());
            assertEquals(expected, all.histogram());
            assertEquals(
                    9,
                    all.histogram().values().stream().mapToLong(Long::longValue).sum());
            assertEquals(9, all.total());
            Search.Result even = store.search(new SearchBuilder()
                    .audience(GREEN_ONLY)
                    .histogram(interval)
                    .words("even")
                    .before(6)
                    .build());
            assertEquals(
                    3,
                    even.histogram().values().stream()
                            .mapToLong(Long::longValue)
                            .sum(),
                    "the cursor does not cut counts");
        }
        assertEquals(Map.of(), store.search(new SearchBuilder().build()).histogram());
        assertEquals(
                Map.of(),
                store.search(new SearchBuilder()
                                .audience(new Audience(0))
                                .histogram(Search.Interval.DAY)
                                .build())
                        .histogram());
    }

    /** Every answer to every audience is that of a store in which nothing else is. */
    @Test
    void answersKnowOnlyWhatTheAudienceMaySee() throws StoreUnavailable {
        Random random = new Random(11);
        List<String> vocabulary = List.of("bank", "karta", "kod", "pul");
        List<Tlp> markings = List.of(Tlp.values());
        List<Drafts> drafts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String text =
                    vocabulary.stream().filter(word -> random.nextBoolean()).collect(Collectors.joining(" "));
            Drafts draft = Drafts.indicator(i)
                    .tlp(markings.get(random.nextInt(markings.size())))
                    .house(random.nextInt(4) == 0)
                    .type(random.nextBoolean() ? "indicator" : "malware")
                    .text(text)
                    .body(random.nextBoolean() ? "" : "\",\"labels\":[\"fraud\"],\"y\":\"");
            drafts.add(random.nextBoolean() ? draft : draft.carries("domain:d" + i + ".example.com"));
        }
        append(drafts.toArray(Drafts[]::new));
        Map<String, Predicate<Set<String>>> questions = Map.of(
                "",
                words -> true,
                "bank",
                words -> words.contains("bank"),
                "karta kod",
                words -> words.containsAll(Set.of("karta", "kod")),
                "-kod",
                words -> !words.contains("kod"),
                "pul -bank",
                words -> words.contains("pul") && !words.contains("bank"),
                "ka*",
                words -> words.contains("karta"));
        for (int round = 0; round < 60; round++) {
            Audience audience = new Audience(random.nextLong());
            String question = List.copyOf(questions.keySet()).get(random.nextInt(questions.size()));
            boolean labelled = random.nextInt(3) == 0;
            boolean domains = random.nextInt(3) == 0;
            List<Long> expected = new ArrayList<>();
            Map<String, Long> types = new HashMap<>();
            for (int i = drafts.size() - 1; i >= 0; i--) {
                Drafts draft = drafts.get(i);
                if (audience.sees(draft.draft().facts().release().classCode())
                        && (!labelled || draft.body().contains("fraud"))
                        && (!domains || !draft.observables().isEmpty())
                        && questions.get(question).test(Set.of(draft.text().split(" ", 0)))) {
                    expected.add(i + 1L);
                    types.merge(draft.type(), 1L, Long::sum);
                }
            }
            SearchBuilder search = new SearchBuilder()
                    .audience(audience)
                    .words(question)
                    .facets(Search.Facet.TYPE)
                    .histogram(Search.Interval.DAY)
                    .highlighted();
            search = labelled ? search.labels("fraud") : search;
            Search.Result result = store.search((domains ? search.kinds("domain") : search).build());
            assertEquals(expected, seqs(result.entries()), question);
            assertEquals(expected.size(), result.total());
            assertEquals(types, result.facets().get(Search.Facet.TYPE));
            assertEquals(
                    expected.size(),
                    result.histogram().values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
            assertTrue(expected.containsAll(result.highlights().keySet()));
        }
    }

    @Test
    void saysWhereTheWordsStand() throws StoreUnavailable {
        Draft draft = Drafts.indicator(1)
                .text("Firibgarlik haqida\nO‘zbekiston banki")
                .draft();
        byte[] object = "{\"name\":\"Firibgarlik haqida\",\"description\":\"Soxta <O‘zbekiston> banki\"}"
                .getBytes(StandardCharsets.UTF_8);
        store.append(List.of(new Draft(draft.facts(), object)));
        append(Drafts.indicator(2).tlp(Tlp.RED).text("Ўзбекистон, фирибгарлик"));
        Search search =
                new SearchBuilder().words("ўзбекистон firib*").highlighted().build();
        Search.Result all = store.search(search);
        assertEquals(Set.of(1L, 2L), all.highlights().keySet());
        assertEquals(
                List.of(
                        new Highlight(
                                "name",
                                List.of(List.of(
                                        new Highlight.Piece("Firibgarlik", true),
                                        new Highlight.Piece(" haqida", false)))),
                        new Highlight(
                                "description",
                                List.of(List.of(
                                        new Highlight.Piece("Soxta <", false),
                                        new Highlight.Piece("O‘zbekiston", true),
                                        new Highlight.Piece("> banki", false))))),
                all.highlights().get(1L));
        assertEquals(
                Set.of(1L),
                store.search(new Search(GREEN_ONLY, search.query()))
                        .highlights()
                        .keySet());
        assertEquals(
                Map.of(),
                store.search(new SearchBuilder().words("banki").build()).highlights());
        assertEquals(
                Map.of(),
                store.search(new SearchBuilder().highlighted().build()).highlights());
    }

    @Test
    void searchesByEveryField() throws StoreUnavailable {
        append(
                Drafts.indicator(1)
                        .producer("identity--a")
                        .from("seoul")
                        .tlp(Tlp.CLEAR)
                        .text("one"),
                Drafts.indicator(2)
                        .producer("identity--b")
                        .from("")
                        .tlp(Tlp.RED)
                        .carries("domain:example.com")
                        .text("one"),
                Drafts.indicator(3)
                        .type("malware")
                        .producer("")
                        .from("seoul")
                        .tlp(Tlp.CLEAR)
                        .carries("domain:example.net")
                        .text("one"));
        SearchBuilder any = new SearchBuilder();
        assertEquals(List.of(3L, 2L, 1L), seqs(store.search(any.build()).entries()));
        assertEquals(
                List.of(2L, 1L),
                seqs(store.search(any.types("indicator").build()).entries()));
        assertEquals(
                List.of(2L),
                seqs(store.search(any.producers("identity--b", "identity--c").build())
                        .entries()));
        assertEquals(
                List.of(3L, 1L), seqs(store.search(any.from("seoul").build()).entries()));
        assertEquals(List.of(2L), seqs(store.search(any.from("").build()).entries()));
        assertEquals(
                List.of(3L, 1L),
                seqs(store.search(any.tlps(Tlp.CLEAR, Tlp.AMBER).words("one").build())
                        .entries()));
        assertEquals(
                List.of(3L, 2L),
                seqs(store.search(any.observables("domain:example.com", "domain:example.net")
                                .build())
                        .entries()));
        long second = store.at(2).orElseThrow().added();
        assertEquals(
                List.of(3L, 2L),
                seqs(store.search(any.between(Optional.of(second), Optional.empty())
                                .build())
                        .entries()));
        assertEquals(
                List.of(1L),
                seqs(store.search(any.between(Optional.empty(), Optional.of(second))
                                .words("one")
                                .build())
                        .entries()));
    }

    @Test
    void searchPagesAndCounts() throws StoreUnavailable {
        for (int i = 1; i <= 30; i++) {
            append(Drafts.indicator(i)
                    .type(i % 3 == 0 ? "malware" : "indicator")
                    .producer(i % 2 == 0 ? "" : "identity--a")
                    .text("word"));
        }
        append(Drafts.indicator(1).version(2).producer("identity--a").text("word"));
        for (String words : List.of("", "word")) {
            Search first = new SearchBuilder()
                    .words(words)
                    .limit(20)
                    .facets(Search.Facet.values())
                    .build();
            Search.Result result = store.search(first);
            assertEquals(30, result.total());
            assertEquals(20, result.entries().size());
            assertTrue(result.more());
            assertEquals(31, result.entries().getFirst().seq());
            assertEquals(
                    List.of("indicator", "malware"),
                    List.copyOf(result.facets().get(Search.Facet.TYPE).keySet()));
            assertEquals(
                    Map.of("indicator", 20L, "malware", 10L), result.facets().get(Search.Facet.TYPE));
            assertEquals(15L, result.facets().get(Search.Facet.PRODUCER).get("identity--a"));
            assertFalse(result.facets().get(Search.Facet.PRODUCER).containsKey(""));
            assertEquals(Map.of("", 30L), result.facets().get(Search.Facet.RECEIVED_FROM));
            Search.Result next = store.search(new SearchBuilder()
                    .words(words)
                    .limit(20)
                    .before(result.entries().getLast().seq())
                    .build());
            assertEquals(30, next.total());
            assertEquals(10, next.entries().size());
            assertFalse(next.more());
            assertEquals(Map.of(), next.facets());
            Set<Long> seen = new HashSet<>(seqs(result.entries()));
            seen.addAll(seqs(next.entries()));
            assertEquals(30, seen.size());
        }
    }
}
