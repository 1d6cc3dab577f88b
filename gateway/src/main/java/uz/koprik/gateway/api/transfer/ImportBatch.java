package uz.koprik.gateway.api.transfer;

import java.util.List;
import uz.koprik.gateway.intake.IncomingObject;
import uz.koprik.gateway.intake.Outcome;

/**
 * A part of an imported file.
 *
 * @param offered what goes to intake
 * @param marks what {@code offered} has to do with markings of others
 * @param ids ids that were written for it and are not stored yet
 * @param known how many of its rows are stored already
 * @param refused what cannot be used
 * @param noted what is to be said of the rest
 */
record ImportBatch(
        List<IncomingObject> offered,
        WaitingObjects.Marks marks,
        List<String> ids,
        int known,
        List<Outcome> refused,
        List<ImportLine.NoteLine> noted) {

    /** One of nothing but objects. */
    static ImportBatch of(List<IncomingObject> offered) {
        return new ImportBatch(offered, WaitingObjects.Marks.none(), List.of(), 0, List.of(), List.of());
    }
}
