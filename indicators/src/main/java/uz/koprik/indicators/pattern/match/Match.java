package uz.koprik.indicators.pattern.match;

import java.util.ArrayList;
import java.util.List;

/**
 * One way in which a pattern matched.
 *
 * @param bindings in the order of the pattern's {@code [ … ]}; those that were not needed (alternatives) are left out
 */
public record Match(List<Binding> bindings) {

    /**
     * What satisfied one {@code [ … ]}.
     *
     * @param observation number of the {@code [ … ]} in the pattern, from 0
     * @param observed by what; one of a number_observed over 1 may stand for several repetitions
     */
    public record Binding(int observation, List<Observation> observed) {
        public Binding {
            observed = List.copyOf(observed);
        }

        static List<Binding> of(List<List<Observation>> taken) {
            List<Binding> bindings = new ArrayList<>();
            for (int i = 0; i < taken.size(); i++) {
                if (!taken.get(i).isEmpty()) {
                    bindings.add(new Binding(i, taken.get(i)));
                }
            }
            return bindings;
        }
    }

    public Match {
        bindings = List.copyOf(bindings);
    }

    /** All observations that take part, each once. */
    public List<Observation> observed() {
        return bindings.stream().flatMap(b -> b.observed().stream()).distinct().toList();
    }
}
