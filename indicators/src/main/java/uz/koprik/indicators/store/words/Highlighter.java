package uz.koprik.indicators.store.words;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Highlight;
import uz.koprik.indicators.store.Highlight.Piece;
import uz.koprik.indicators.store.words.ParsedTerm.Need;
import uz.koprik.indicators.store.words.WordTokenizer.Word;

/** Finds the words of a question again in what was found. */
public final class Highlighter {

    private static final int FIELDS = 5;
    private static final int FRAGMENTS = 3;
    /** Characters before and after a match. */
    private static final int AROUND = 60;

    private final WordRules words;
    private final List<Need> needs;

    /** @param asked the question; what it excludes is not looked for */
    public Highlighter(WordRules words, List<ParsedTerm> asked) {
        this.words = words;
        this.needs = asked.stream()
                .filter(one -> !one.excluded())
                .flatMap(one -> one.needs().stream())
                .toList();
    }

    /** For each entry in which a word is found: the properties where it stands, in their order, a few of them. */
    public Map<Long, List<Highlight>> of(List<Entry> entries) {
        if (needs.isEmpty()) {
            return Map.of();
        }
        Map<Long, List<Highlight>> all = new HashMap<>();
        for (Entry entry : entries) {
            List<Highlight> found = new ArrayList<>();
            for (SearchedText.Field field : SearchedText.of(entry)) {
                List<List<Piece>> fragments = found.size() < FIELDS ? fragments(field.text()) : List.of();
                if (!fragments.isEmpty()) {
                    found.add(new Highlight(field.field(), fragments));
                }
            }
            if (found.isEmpty()) { // notes of a case, and all else that only its text holds
                List<List<Piece>> fragments = fragments(entry.facts().text());
                if (!fragments.isEmpty()) {
                    found.add(new Highlight("", fragments));
                }
            }
            if (!found.isEmpty()) {
                all.put(entry.seq(), found);
            }
        }
        return all;
    }

    /** The excerpts of a text in which words stand. */
    List<List<Piece>> fragments(String text) {
        SortedMap<Integer, Integer> matches = new TreeMap<>();
        for (List<Word> placed : words.placed(text)) {
            List<Word> inOrder = placed.stream().filter(word -> !word.whole()).toList();
            List<Word> wholes = placed.stream().filter(Word::whole).toList();
            for (Need need : needs) {
                for (List<String> way : need.ways()) {
                    find(way, need.beginning(), inOrder, matches);
                    find(way, need.beginning(), wholes, matches);
                }
            }
        }
        return fragments(text, merged(matches));
    }

    private static void find(List<String> way, boolean beginning, List<Word> in, Map<Integer, Integer> matches) {
        for (int i = 0; i + way.size() <= in.size(); i++) {
            if (stands(way, beginning, in, i)) {
                matches.merge(in.get(i).start(), in.get(i + way.size() - 1).end(), Math::max);
            }
        }
    }

    private static boolean stands(List<String> way, boolean beginning, List<Word> in, int at) {
        for (int j = 0; j < way.size(); j++) {
            String term = in.get(at + j).term();
            boolean open = beginning && j == way.size() - 1;
            if (open ? !term.startsWith(way.get(j)) : !term.equals(way.get(j))) {
                return false;
            }
        }
        return true;
    }

    private static List<int[]> merged(SortedMap<Integer, Integer> matches) {
        List<int[]> merged = new ArrayList<>();
        matches.forEach((start, end) -> {
            if (!merged.isEmpty() && start <= merged.getLast()[1]) {
                merged.getLast()[1] = Math.max(merged.getLast()[1], end);
            } else {
                merged.add(new int[] {start, end});
            }
        });
        return merged;
    }

    private static List<List<Piece>> fragments(String text, List<int[]> matches) {
        List<List<Piece>> fragments = new ArrayList<>();
        for (int i = 0; i < matches.size() && fragments.size() < FRAGMENTS; ) {
            int from = edge(text, Math.max(0, matches.get(i)[0] - AROUND), matches.get(i)[0]);
            List<Piece> pieces = new ArrayList<>();
            int at = from;
            int to;
            do {
                add(text, at, matches.get(i)[0], false, pieces);
                add(text, matches.get(i)[0], matches.get(i)[1], true, pieces);
                at = matches.get(i)[1];
                to = Math.min(text.length(), at + AROUND);
                i++;
            } while (i < matches.size() && matches.get(i)[0] <= to);
            add(text, at, backEdge(text, to, at), false, pieces);
            fragments.add(pieces);
        }
        return fragments;
    }

    private static void add(String text, int from, int to, boolean match, List<Piece> pieces) {
        if (to > from) {
            pieces.add(new Piece(text.substring(from, to), match));
        }
    }

    /** The beginning of a word at or after {@code from}, so that excerpts begin with whole words. */
    private static int edge(String text, int from, int end) {
        if (from == 0) {
            return 0;
        }
        for (int i = from; i < end; i++) {
            if (Character.isWhitespace(text.charAt(i - 1))) {
                return i;
            }
        }
        return Character.isLowSurrogate(text.charAt(from)) ? from - 1 : from;
    }

    private static int backEdge(String text, int to, int begin) {
        if (to == text.length()) {
            return to;
        }
        for (int i = to; i > begin; i--) {
            if (Character.isWhitespace(text.charAt(i))) {
                return i;
            }
        }
        return Character.isLowSurrogate(text.charAt(to)) ? to + 1 : to;
    }
}
