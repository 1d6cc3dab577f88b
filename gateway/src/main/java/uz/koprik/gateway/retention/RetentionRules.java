package uz.koprik.gateway.retention;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import uz.koprik.gateway.config.RetentionConfig;
import uz.koprik.indicators.policy.Tlp;

/** All rules of retention at one moment: the shortest that applies decides. Does no I/O; immutable. */
final class RetentionRules {

    private final RetentionConfig config;
    private final AgreedRetention agreed;

    RetentionRules(RetentionConfig config, AgreedRetention agreed) {
        this.config = config;
        this.agreed = agreed;
    }

    /** Days of the shortest rule of all; what came later than that ago is not due. Empty when there is no rule. */
    Optional<Integer> shortest() {
        return Stream.concat(
                        Stream.concat(Stream.of(Tlp.values()).map(config::days), Stream.of(config.personalDays()))
                                .flatMap(days -> days.stream().boxed()),
                        agreed.shortest().stream())
                .min(Comparator.naturalOrder());
    }

    /**
     * When the time of an object ends; empty when it is kept. What never leaves the centre is kept: case files, and
     * what refers to them. What this centre made follows rules by marking only.
     */
    Optional<DueTime> of(KeptObject object) {
        if (object.terms().house()) {
            return Optional.empty();
        }
        List<RetentionRule> rules = new ArrayList<>();
        Tlp tlp = object.terms().tlp();
        add(rules, tlp.label(), RetentionConfig.setting(tlp), config.days(tlp));
        if (object.terms().personal()) {
            add(rules, "what holds personal values", "retention.personal", config.personalDays());
        }
        if (!object.terms().own()) {
            object.partners()
                    .forEach(partner -> agreed.rule(partner, object.received()).ifPresent(rules::add));
        }
        return rules.stream()
                .min(Comparator.comparingInt(RetentionRule::days).thenComparing(RetentionRule::words))
                .map(rule -> DueTime.of(rule, object.received()));
    }

    /** When the time of an object with several statements ends: with that of the last one. */
    Optional<DueTime> ofAll(List<KeptObject> statements) {
        List<DueTime> ends = new ArrayList<>();
        for (KeptObject statement : statements) {
            Optional<DueTime> end = of(statement);
            if (end.isEmpty()) {
                return end;
            }
            ends.add(end.get());
        }
        return ends.stream().max(Comparator.comparing(DueTime::at));
    }

    private static void add(List<RetentionRule> rules, String label, String setting, OptionalInt days) {
        days.ifPresent(some -> rules.add(RetentionRule.marking(label, setting, some)));
    }
}
