package uz.koprik.gateway.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.indicators.policy.CaseUnits;

/** Accounts with random rights: analysts of units chosen at random, and one of each role that knows no case files. */
final class RandomRights {

    private static final List<String> ANALYSTS = List.of("anna", "bek", "choi", "dina");

    /** Units; of the last only those who work for it open cases. */
    private static final List<String> UNITS = List.of("Alpha", "Beta", "Gamma", "Delta");

    /**
     * Who asks.
     *
     * @param units of the case files that one may know of
     * @param analyst whether alerts, searches and cases are for that one at all
     * @param member whether it belongs to the centre's own people
     */
    record Asker(String account, Set<String> units, boolean analyst, boolean member) {

        boolean mayKnow(RandomMatters.Deed deed) {
            return units.containsAll(deed.about());
        }
    }

    final Map<String, Set<String>> analysts = new TreeMap<>();

    RandomRights(Random random) {
        int many = 2 + random.nextInt(ANALYSTS.size() - 1);
        for (String name : ANALYSTS.subList(0, many)) {
            Set<String> units = new TreeSet<>();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                units.add(UNITS.get(random.nextInt(UNITS.size())));
            }
            analysts.put(name, units);
        }
    }

    /** Adds the accounts and returns their names. */
    List<String> addAccounts(RunningCentre centre) throws Exception {
        for (Map.Entry<String, Set<String>> one : analysts.entrySet()) {
            centre.withAccount(one.getKey(), Role.ANALYST, CaseUnits.of(one.getValue()));
        }
        centre.withAccount("night", Role.OPERATOR)
                .withAccount("feed", Role.WRITER)
                .withAccount("outside", Role.READER);
        return Stream.concat(analysts.keySet().stream(), Stream.of("night", "feed", "outside"))
                .toList();
    }

    /** Who submits things, and the units they work for; none for all. */
    Map<String, List<String>> writers() {
        Map<String, List<String>> writers = new TreeMap<>(Map.of("admin", List.of()));
        analysts.forEach((name, units) -> writers.put(name, List.copyOf(units)));
        return writers;
    }

    /** The askers, those together that may know of the same case files. */
    List<List<Asker>> groups() {
        Map<Set<String>, List<Asker>> groups = new LinkedHashMap<>();
        analysts.forEach((name, units) ->
                groups.computeIfAbsent(units, none -> new ArrayList<>()).add(new Asker(name, units, true, true)));
        List<List<Asker>> all = new ArrayList<>(groups.values());
        all.add(List.of(
                new Asker("night", Set.of(), false, true),
                new Asker("feed", Set.of(), false, false),
                new Asker("outside", Set.of(), false, false)));
        return all;
    }

    /** Copies of a centre before anything came to it, one a group. */
    static List<RunningCentre> twins(Centres centres, RunningCentre of, List<List<Asker>> groups) throws IOException {
        List<RunningCentre> twins = new ArrayList<>();
        for (List<Asker> group : groups) {
            twins.add(centres.copy(of, "for-" + group.getFirst().account()));
        }
        return twins;
    }

    @Override
    public String toString() {
        return analysts.toString();
    }
}
