package uz.koprik.gateway.api.common;

import java.time.InstantSource;
import uz.koprik.gateway.auth.AccountStatus;
import uz.koprik.gateway.auth.CursorCodec;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.gateway.cases.CaseTables;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.gateway.recalls.RecallBook;
import uz.koprik.gateway.recalls.RecallSight;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.observable.text.Recognition;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.warninglist.ProtectedValues;

/**
 * What the routes of the analyst API work with.
 *
 * @param localCentre this centre
 * @param intake the way in
 * @param release the way out
 * @param trust whose identities are whose
 * @param normalisation the centre's card tokens and phone region
 * @param unmarked marking of indicators whose form names none
 * @param clock the time
 * @param cases the case files
 * @param saved searches that accounts keep
 * @param tables tables of cases and their mappings
 * @param cursorCodec how sequence numbers are written for clients
 * @param protectedValues what is never blocked
 * @param recalls what was recalled
 * @param accounts whether callers of answers and of work that last still have their rights
 */
public record AnalystServices(
        LocalCentre localCentre,
        Intake intake,
        Release release,
        Trust trust,
        Normalisation normalisation,
        Tlp unmarked,
        InstantSource clock,
        CaseService cases,
        SavedSearches saved,
        CaseTables tables,
        CursorCodec cursorCodec,
        ProtectedValues protectedValues,
        RecallBook recalls,
        AccountStatus accounts) {

    /** The recalls of which a reader may know. */
    public RecallSight knownRecalls() {
        return new RecallSight(recalls, release);
    }

    public Recognition recognition() {
        return new Recognition(normalisation);
    }
}
