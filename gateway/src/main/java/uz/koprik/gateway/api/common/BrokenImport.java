package uz.koprik.gateway.api.common;

import uz.koprik.indicators.wording.English;
import uz.koprik.indicators.wording.SentenceKind;

/** Why an import was broken off that is no fault of its file. */
public enum BrokenImport implements SentenceKind {
    @English("the store cannot serve now; repeat the import later")
    STORE_AWAY,
    @English("something went wrong here; send the request id to the operators")
    WENT_WRONG,
    @English("something went wrong here; send the operators the id of this import, {id}")
    JOB_WENT_WRONG,
    @English("the gateway stopped before the import ended")
    GATEWAY_STOPPED;
}
