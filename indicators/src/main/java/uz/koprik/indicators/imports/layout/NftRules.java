package uz.koprik.indicators.imports.layout;

import static uz.koprik.indicators.imports.layout.RuleLine.FRAME;
import static uz.koprik.indicators.imports.layout.RuleLine.OTHER;
import static uz.koprik.indicators.imports.layout.RuleLine.PASSES;
import static uz.koprik.indicators.imports.layout.RuleLine.UNREAD;
import static uz.koprik.indicators.imports.layout.RuleLine.find;
import static uz.koprik.indicators.imports.layout.RuleLine.word;
import static uz.koprik.indicators.imports.layout.RuleLine.words;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules of nftables, whose sets may go over several lines. For one file. */
final class NftRules {

    private static final Pattern TIMES =
            Pattern.compile("\\b(?:timeout|expires) \\w+|\\bcomment \"[^\"]*\"|\\bcounter packets \\d+ bytes \\d+");
    private static final Pattern ELEMENT = Pattern.compile(
            "(?:nft\\s+)?add\\s+element\\s+(?:(?:ip|ip6|inet|arp|bridge|netdev)\\s+)?\\S+\\s+(\\S+)\\s*\\{(.*)}.*");

    private String set = "";
    private String hook = "";
    private boolean elements;
    private int depth;

    RuleLine read(String given) {
        String line = TIMES.matcher(given).replaceAll("").strip();
        Matcher element = ELEMENT.matcher(line);
        if (element.matches()) {
            return RuleLine.listed(element.group(1), element.group(2), "");
        }
        String[] words = words(line);
        String first = word(words, 0);
        if (elements) {
            elements = line.indexOf('}') < 0;
            depth -= elements ? 0 : 1;
            return listed(line);
        }
        boolean outside = depth == 0;
        depth += (int) line.chars().filter(c -> c == '{').count()
                - (int) line.chars().filter(c -> c == '}').count();
        if (first.equals("elements") && line.indexOf('{') > 0) {
            elements = line.indexOf('}') < 0;
            return listed(line.substring(line.indexOf('{')));
        }
        if (first.matches("set|map")) {
            set = words.length > 1 ? words[1] : "";
            return outside ? OTHER : FRAME;
        }
        int addresses = Math.max(find(words, "saddr"), find(words, "daddr"));
        boolean rule = addresses > 0 && word(words, addresses - 1).matches("ip6?");
        if (rule) {
            return rule(line, words);
        }
        int hooked = find(words, "hook");
        hook = hooked > 0 ? word(words, hooked + 1) : first.equals("chain") ? "" : hook;
        boolean frame = first.matches("table|flush|delete|include|nft|#!.*")
                || (first.equals("add") && word(words, 1).matches("table|chain|set|rule"));
        return !outside || frame ? FRAME : OTHER;
    }

    private RuleLine listed(String line) {
        String values = line.replaceAll("[{}]", " ").strip();
        return values.isEmpty() ? FRAME : RuleLine.listed(set, values, "");
    }

    private RuleLine rule(String line, String[] words) {
        int source = find(words, "saddr");
        int target = find(words, "daddr");
        if (find(words, "accept", "return") > 0) {
            return PASSES;
        }
        int at = Math.max(source, target);
        String value =
                line.substring(line.indexOf(words[at]) + words[at].length()).strip();
        if (value.startsWith("@") || value.startsWith("$")) {
            return FRAME;
        }
        boolean own = (hook.equals("input") && source < 0) || (hook.equals("output") && target < 0);
        if (find(words, "drop", "reject") < 0 || own || (source > 0 && target > 0) || value.startsWith("!=")) {
            return UNREAD;
        }
        int end = value.startsWith("{") ? value.indexOf('}') + 1 : value.indexOf(' ');
        return end > 0 ? RuleLine.blocks(value.substring(0, end)) : UNREAD;
    }
}
