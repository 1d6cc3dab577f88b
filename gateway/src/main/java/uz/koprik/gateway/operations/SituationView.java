package uz.koprik.gateway.operations;

import java.util.List;

/**
 * What a control room looks at; the schema {@code Situation}.
 *
 * @param zone in which the day began
 * @param day the date there
 * @param since first moment of the day
 * @param exchanged with all partners since then
 * @param today what came since then; absent for a caller who may not see all of it
 * @param lines one for each partner
 * @param bursts what departs most from its own past, in days of UTC
 * @param cases open ones that the caller may see, by crime type; absent for a caller without case files
 * @param alerts that nobody acknowledged and the caller may know of; absent for a caller who may know of none
 * @param missing the parts that could not be read now
 */
record SituationView(
        String centre,
        String title,
        String at,
        String zone,
        String day,
        String since,
        Exchanged exchanged,
        Today today,
        List<Line> lines,
        List<BurstLine> bursts,
        CasesNow cases,
        AlertsNow alerts,
        List<String> missing) {

    /** Objects that were exchanged; the schema {@code Exchanged}. */
    record Exchanged(long in, long out, long refusedIn, long refusedOut) {}

    /** What came; hours since the day began. */
    record Today(long objects, List<Long> hours, List<Counted> kinds, List<Counted> families, List<Counted> regions) {}

    /** A name and its number; the schema {@code Counted}. */
    record Counted(String name, long count) {}

    /**
     * The lines to and from a partner.
     *
     * @param pull one of off, new, ok, failing
     * @param push the same
     * @param agreementEnded whether it is given nothing for that reason
     * @param basis on what the terms with it rest: {@code signed}, {@code interim} or {@code none}
     */
    record Line(
            String name,
            String title,
            String pull,
            String push,
            boolean agreementEnded,
            String basis,
            String lastContact,
            String failingSince,
            Exchanged today,
            long lagEntries) {}

    /** A feature whose rate departs from its past. */
    record BurstLine(String dimension, String name, long observed, double expected) {}

    /** Open case files. */
    record CasesNow(long open, boolean more, List<Counted> types) {}

    /** Open alerts. */
    record AlertsNow(long open, boolean more, List<AlertLine> newest) {}

    /**
     * One alert in a line.
     *
     * @param kind such as case_match
     * @param caseNumber of a match
     * @param rule of a match
     * @param sentence of a notice for operators
     */
    record AlertLine(String time, String kind, String caseNumber, String caseTitle, String rule, String sentence) {}
}
