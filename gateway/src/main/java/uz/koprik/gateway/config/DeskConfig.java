package uz.koprik.gateway.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.policy.DeskRule;
import uz.koprik.indicators.policy.Tlp;

/** What a second person has to release before it leaves the centre. */
public record DeskConfig(
        @Setting(
                        value =
                                "Whether TLP:RED with named recipients, AMBER+STRICT and personal observables wait until another person"
                                        + " releases them. `koprik init` writes true.",
                        preset = "false")
                boolean desk,
        @Setting(value = "Other markings of which everything waits, such as [amber, green].", preset = "[]")
                List<Tlp> markings,
        @Setting(
                        value = "Other kinds of observables that wait, by their codes, such as [crypto-wallet].",
                        preset = "[]",
                        matches = "[a-z0-9-]{1,40}",
                        shape = "the code of a kind of observables")
                List<String> kinds,
        @Setting(
                        value = "Whether what partners gave waits by the same rules before it is given to others.",
                        preset = "false")
                boolean relayed,
        @Setting(
                        value = "How long something waits. Then it stays inside, and can be asked for again.",
                        preset = "7d",
                        min = 60_000,
                        max = 31_536_000_000L)
                Duration expires) {

    public DeskConfig {
        for (String kind : kinds) {
            if (ObservableKind.ofCode(kind).isEmpty()) {
                throw new IllegalArgumentException(
                        "release.kinds: \"" + kind + "\" is no kind of observables; docs/observables.md lists them");
            }
        }
    }

    /** The settings as the rule that decides. */
    public DeskRule rule() {
        return new DeskRule(desk, Set.copyOf(markings), Set.copyOf(kinds), relayed);
    }
}
