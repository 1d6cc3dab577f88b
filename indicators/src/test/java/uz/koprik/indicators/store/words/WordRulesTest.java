package uz.koprik.indicators.store.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class WordRulesTest {

    private static final WordRules WORDS = new WordRules();

    /** Latin and Cyrillic of common Uzbek words, after the orthographic dictionary. */
    private static final String UZBEK =
            """
            o‘zbekiston ўзбекистон, g‘alaba ғалаба, qo‘ng‘iroq қўнғироқ, shahar шаҳар, choy чой, yaxshi яхши, yulduz юлдуз, yosh ёш,
            yer ер, yetti етти, yevropa европа, poyezd поезд, elchi элчи, e’lon эълон, ma’no маъно, san’at санъат, ta’lim таълим,
            mas’ul масъул, a’zo аъзо, xalq халқ, hukumat ҳукумат, haqiqat ҳақиқат, xizmat хизмат, bahor баҳор, daraxt дарахт,
            pul пул, bank банк, hisob ҳисоб, raqam рақам, karta карта, to‘lov тўлов, o‘tkazma ўтказма, qarz қарз, foiz фоиз,
            firibgarlik фирибгарлик, firibgar фирибгар, jinoyat жиноят, jinoyatchi жиноятчи, o‘g‘ri ўғри, o‘g‘irlik ўғирлик,
            tovlamachilik товламачилик, pora пора, politsiya полиция, militsiya милиция, sud суд, tergov тергов, guvoh гувоҳ,
            jabrlanuvchi жабрланувчи, qonun қонун, jazo жазо, kiberhujum киберҳужум, hujum ҳужум, xavfsizlik хавфсизлик,
            parol парол, kompyuter компьютер, telefon телефон, internet интернет, dastur дастур, virus вирус, sahifa саҳифа,
            havola ҳавола, xabar хабар, xat хат, maktub мактуб, manzil манзил, odam одам, bola бола, ota ота, ona она, aka ака,
            singil сингил, do‘st дўст, qo‘shni қўшни, mehmon меҳмон, oila оила, uy уй, ko‘cha кўча, mahalla маҳалла, viloyat вилоят,
            tuman туман, qishloq қишлоқ, toshkent тошкент, samarqand самарқанд, buxoro бухоро, farg‘ona фарғона, andijon андижон,
            namangan наманган, xorazm хоразм, qashqadaryo қашқадарё, surxondaryo сурхондарё, sirdaryo сирдарё, jizzax жиззах,
            navoiy навоий, qoraqalpog‘iston қорақалпоғистон, yanvar январь, fevral февраль, aprel апрель, iyun июнь, iyul июль,
            sentabr сентябрь, oktabr октябрь, noyabr ноябрь, dekabr декабрь, konsert концерт, sement цемент, sirk цирк,
            litsey лицей, inqilob инқилоб, revolyutsiya революция, obyekt объект, subyekt субъект, premyera премьера,
            medalyon медальон, batalyon батальон, rubl рубль, dollar доллар, so‘m сўм, mablag‘ маблағ, jamg‘arma жамғарма,
            o‘qituvchi ўқитувчи, kitob китоб, gazeta газета, borsh борщ, ming минг, tong тонг, is’hoq исҳоқ, mo‘jiza мўъжиза""";

    private static final List<String[]> PAIRS = Stream.of(UZBEK.split(",\\s*", 0))
            .map(pair -> pair.strip().split(" ", 0))
            .toList();

    @AfterAll
    static void end() {
        WORDS.close();
    }

    private static List<String> first(String text) {
        List<List<String>> runs = WORDS.runs(text);
        return runs.isEmpty() ? List.of() : runs.getFirst();
    }

    /** Whether what one person wrote is found by what another asks; runs are what backends search. */
    private static boolean finds(String asked, String written) {
        List<List<String>> runs = WORDS.runs(written);
        List<ParsedTerm> all = WORDS.asked(asked);
        return !all.isEmpty()
                && all.stream()
                        .allMatch(one -> one.excluded()
                                != one.needs().stream()
                                        .allMatch(need -> need.ways().stream().anyMatch(way -> runs.stream()
                                                .anyMatch(run -> Collections.indexOfSubList(run, way) >= 0))));
    }

    @Test
    void bothSpellingsOfAnUzbekWordAreOneWord() {
        assertTrue(PAIRS.size() > 100, "about a hundred words");
        for (String[] pair : PAIRS) {
            assertEquals(first(pair[0]), first(pair[1]), () -> pair[0] + " and " + pair[1]);
            assertTrue(
                    finds(pair[0], "Бу " + pair[1] + " эди") && finds(pair[1], "Bu " + pair[0] + " edi"),
                    () -> pair[0]);
            assertTrue(
                    finds(pair[0].toUpperCase(java.util.Locale.ROOT), pair[1].toUpperCase(java.util.Locale.ROOT)),
                    () -> pair[0]);
        }
    }

    @Test
    void differentWordsStayDifferent() {
        List<String> all = PAIRS.stream().map(pair -> first(pair[1]).getFirst()).toList();
        assertEquals(all.size(), all.stream().distinct().count(), "no two of the words fall together");
        assertFalse(finds("хат", "ҳат"));
        assertFalse(finds("қарз", "карз"));
    }

    @Test
    void anyApostropheOrNoneIsTheSame() {
        for (String mark : "' ` ´ ʹ ʻ ʼ ʽ ʾ ʿ ˈ ‘ ’ ‛ ′ ‵ ꞌ ＇ ｀".split(" ", 0)) {
            assertTrue(finds("o" + mark + "g" + mark + "irlik", "ўғирлик"), mark);
            assertTrue(finds("OG‘IRLIK", "O" + mark + "g" + mark + "irlik"), mark);
        }
        assertTrue(finds("ogirlik", "ўғирлик"));
    }

    @Test
    void russianWordsAreFoundWithAndWithoutDotsAndInLatin() {
        assertTrue(finds("елка", "Ёлка")
                && finds("ёлка", "ЕЛКА")
                && finds("всё", "все")
                && finds("отчет", "отчётом отчёт"));
        assertTrue(finds("мошенничество", "Телефонное мошенничество"));
        assertTrue(finds("moshennichestvo", "Телефонное мошенничество"));
        assertTrue(finds("vybory", "Выборы") && finds("zashchita", "защита") && finds("защита", "ЗАЩИТА"));
        assertTrue(finds("tsentr", "Центр") && finds("sentr", "Центр"));
        assertTrue(finds("йод", "и\u0306од"), "composed or not");
        assertFalse(finds("карта", "парта"));
    }

    @Test
    void hungarianIsFoundWithoutDiacritics() {
        assertTrue(finds("arvizturo tukorfurogep", "Árvíztűrő tükörfúrógép"));
        assertTrue(finds("ADATHALÁSZAT", "adathalaszat"));
        assertTrue(finds("ügyfélkapu", "u\u0308gyfe\u0301lkapu"));
    }

    @Test
    void koreanIsFoundInsideWordsInOrder() {
        assertTrue(finds("보이스피싱", "보이스피싱을 이용한 금융사기"));
        assertTrue(finds("피싱", "보이스피싱을"));
        assertTrue(finds("금융", "금융사기"));
        assertFalse(finds("피싱보이스", "보이스피싱을 피싱"), "pairs that stand elsewhere are not the word");
    }

    @Test
    void englishAndNames() {
        assertTrue(finds("dont", "Don’t pay") && finds("don't", "DON'T"));
        assertTrue(finds("paypal", "login.paypal-secure.example.com"));
        assertTrue(finds("example.com", "login.paypal-secure.example.com"));
        assertFalse(finds("example.secure", "login.paypal-secure.example.com"));
        assertFalse(finds("7.100.51.198", "198.51.100.7"));
        assertTrue(finds("198.51.100.7", "from 198.51.100.7:443"));
        assertTrue(finds("x".repeat(300), "before " + "x".repeat(300) + " behind"));
    }

    @Test
    void phrasesExclusionsAndBeginnings() {
        assertTrue(finds("\"kod yuboring\"", "Менга код юборинг"));
        assertFalse(finds("\"yuboring kod\"", "Менга код юборинг"));
        assertFalse(finds("kod -yuboring", "Менга код юборинг"));
        assertTrue(finds("kod -\"yuboring kod\"", "Менга код юборинг"));
        assertTrue(finds("\"unclosed phrase", "an unclosed phrase"));
        ParsedTerm beginning = WORDS.asked("firib*").getFirst();
        assertTrue(beginning.needs().getFirst().beginning());
        assertEquals(List.of(List.of("firib")), beginning.needs().getFirst().ways());
        assertEquals(List.of(), WORDS.asked("*"));
        assertEquals(List.of(), WORDS.asked("- -- !!! \"\""));
        assertThrows(IllegalArgumentException.class, () -> WORDS.asked("word ".repeat(1000)));
    }

    /** What is folded already stays as it is, in every form. */
    @Test
    void foldingTwiceIsFoldingOnce() {
        Random random = new Random(5);
        String letters = "abcxyzqхҳқғўшчщцёеэюяйыьъЎҒҚҲШЧЁЮЯoOʻ‘’'gGőűÖÜéÁñß보이스피싱금융사기019- \n";
        for (int round = 0; round < 3000; round++) {
            String text = random.ints(1 + random.nextInt(30), 0, letters.length())
                    .mapToObj(i -> String.valueOf(letters.charAt(i)))
                    .collect(Collectors.joining());
            for (String term : first(text)) {
                assertEquals(List.of(term), first(term), text);
            }
            for (Spelling spelling : Spelling.values()) {
                String latin = spelling.of(text);
                assertFalse(Spelling.isNeeded(latin), text);
                assertEquals(latin, spelling.of(latin));
            }
        }
    }
}
