package uz.koprik.gateway.analyst;

import java.time.InstantSource;
import uz.koprik.gateway.access.Marks;
import uz.koprik.gateway.cases.CaseBook;
import uz.koprik.gateway.cases.CaseTables;
import uz.koprik.gateway.exchange.Intake;
import uz.koprik.gateway.exchange.OwnCentre;
import uz.koprik.gateway.exchange.Release;
import uz.koprik.gateway.exchange.Trust;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.observable.Recognition;
import uz.koprik.indicators.policy.Tlp;

/**
 * What the routes of the analyst API work with.
 *
 * @param us this centre
 * @param intake the way in
 * @param release the way out
 * @param trust whose identities are whose
 * @param normalisation the centre's card tokens and phone region
 * @param unmarked marking of indicators whose form names none
 * @param clock the time
 * @param cases the case files
 * @param saved searches that accounts keep
 * @param tables tables of cases and their mappings
 * @param marks how sequence numbers are written for clients
 */
public record Desk(
        OwnCentre us,
        Intake intake,
        Release release,
        Trust trust,
        Normalisation normalisation,
        Tlp unmarked,
        InstantSource clock,
        CaseBook cases,
        SavedSearches saved,
        CaseTables tables,
        Marks marks) {

    Recognition recognition() {
        return new Recognition(normalisation);
    }
}
