package uz.koprik.gateway.alerts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Checks the names in filters: one that is nobody's selects nothing, and no other answer would say so.
 *
 * @param cases the case files
 * @param trust the centres
 */
public record AlertNames(CaseService cases, Trust trust) {

    /**
     * Which names of a filter are those of nothing; for people. A case file that the caller may not see is the same as
     * one that is not there.
     */
    List<String> hints(Caller caller, AlertFilter filter) throws StoreUnavailable {
        List<String> hints = new ArrayList<>();
        for (String number : new TreeSet<>(filter.cases())) {
            if (cases.all(caller, number).isEmpty()) {
                hints.add("there is no case file \"" + number + "\" that you may see");
            }
        }
        for (String name : new TreeSet<>(filter.producers())) {
            boolean id = name.toLowerCase(Locale.ROOT).startsWith("identity--");
            if (id ? trust.producer(name).isEmpty() : trust.centre(name).isEmpty()) {
                hints.add(
                        id
                                ? "no centre on the trust list speaks for " + name
                                : "no centre with the name \"" + name + "\" is on the trust list");
            }
        }
        return hints;
    }
}
