package uz.koprik.indicators.pattern.match;

import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.pattern.Pattern;
import uz.koprik.indicators.pattern.PatternSyntaxError;

/** A pattern made ready for matching: compile once, match as often as wanted, from any number of threads. */
public final class CompiledPattern {

    private final Pattern pattern;
    private final Plan plan;
    private final int leaves;

    private CompiledPattern(Pattern pattern, Plan.CompiledPlan compiled) {
        this.pattern = pattern;
        this.plan = compiled.plan();
        this.leaves = compiled.leaves();
    }

    /**
     * Compiles a pattern.
     *
     * @throws UnmatchablePattern when something in it has no meaning that can be tested: a regular expression that is
     *     malformed or larger than is taken, a set of constants of several types, a day that does not exist, ISSUBSET
     *     of something that is no network, a path longer than is taken
     */
    public static CompiledPattern of(Pattern pattern) throws UnmatchablePattern {
        return new CompiledPattern(pattern, Plan.of(pattern.root()));
    }

    /**
     * Reads and compiles a pattern; of several qualifiers of one kind on one observation, which {@link Pattern#parse}
     * refuses, it takes each as a qualifier of all before it.
     *
     * @throws PatternSyntaxError as {@link Pattern#parse}
     * @throws UnmatchablePattern as {@link #of}
     */
    public static CompiledPattern parse(String text) throws PatternSyntaxError, UnmatchablePattern {
        return of(Pattern.parseLeniently(text));
    }

    /** What it was compiled from. */
    public Pattern pattern() {
        return pattern;
    }

    /**
     * Whether the observations show what the pattern looks for, and by which of them.
     *
     * @return one way to match: of single observations the first in the list, of several together those that begin
     *     early; empty when there is none
     * @throws MatchFailure when it cannot be said, see there; never merely because an object lacks something
     */
    public Optional<Match> match(List<Observation> observations) throws MatchFailure {
        Work work = new Work(Work.LIMIT);
        if (plan instanceof Plan.Leaf leaf && leaf.count() == 1) {
            return one(leaf, observations, work);
        }
        Candidates candidates = new Candidates(plan, leaves, observations, work);
        List<Match.Binding> bindings = solve(observations, candidates, work);
        if (bindings == null && candidates.unsure()) {
            candidates.assumeAll();
            if (solve(observations, candidates, work) != null) {
                throw MatchFailure.malformed(work.fault());
            }
        }
        return Optional.ofNullable(bindings).map(Match::new);
    }

    /** As {@link #match(List)}, for one observation. */
    public Optional<Match> match(Observation observation) throws MatchFailure {
        return match(List.of(observation));
    }

    private List<Match.Binding> solve(List<Observation> observations, Candidates candidates, Work work)
            throws MatchFailure {
        if (plan instanceof Plan.Leaf leaf) {
            List<Observation> chosen = candidates.choose(leaf, work);
            return chosen == null ? null : List.of(new Match.Binding(0, chosen));
        }
        return new ObservationSearch(observations, candidates, leaves, work).run(plan);
    }

    private static Optional<Match> one(Plan.Leaf leaf, List<Observation> observations, Work work) throws MatchFailure {
        Verdict verdict = Verdict.FALSE;
        for (Observation observation : observations) {
            if (leaf.inTime(observation)) {
                Verdict here = leaf.condition().holds(observation, work);
                if (here == Verdict.TRUE) {
                    return Optional.of(new Match(List.of(new Match.Binding(0, List.of(observation)))));
                }
                verdict = verdict.or(here);
            }
        }
        if (verdict == Verdict.UNKNOWN) {
            throw MatchFailure.malformed(work.fault());
        }
        return Optional.empty();
    }

    /** The pattern in normal form. */
    @Override
    public String toString() {
        return pattern.toString();
    }
}
