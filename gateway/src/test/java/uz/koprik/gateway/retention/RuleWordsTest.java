package uz.koprik.gateway.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleWordsTest {

    @Test
    void takesTheWordsOfEachRuleApart() {
        assertEquals(
                new RuleWords(
                        "marking",
                        Map.of("tlp", "TLP:AMBER+STRICT", "days", "100", "setting", "retention.amber_strict")),
                RuleWords.of(RetentionRule.marking("TLP:AMBER+STRICT", "retention.amber_strict", 100)
                        .words()));
        assertEquals(
                new RuleWords("personal", Map.of("days", "1", "setting", "retention.personal")),
                RuleWords.of(RetentionRule.marking("what holds personal values", "retention.personal", 1)
                        .words()));
        assertEquals(
                new RuleWords("agreement", Map.of("partner", "budapest", "version", "2026-11-02", "days", "30")),
                RuleWords.of(
                        RetentionRule.agreement("budapest", "2026-11-02", 30).words()));
        assertEquals(
                new RuleWords("order", Map.of("reason", "order: 7 (of the court)")),
                RuleWords.of("order: order: 7 (of the court)"));
        assertEquals(new RuleWords("other", Map.of()), RuleWords.of("a rule of a later version"));
    }
}
