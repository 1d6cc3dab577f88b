package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.util.List;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.gateway.centre.StartFailure;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.indicators.store.StoreUnavailable;

/** A family of things to look at. An exception is a finding as well: its message says what is wrong. */
interface DoctorCheck {

    /** What the findings are called when the check ends by an exception. */
    String what();

    /** Looks; changes nothing, and waits a bounded time. */
    List<Finding> look(Examined examined)
            throws IOException, ConfigException, StartFailure, TrustListRejected, StoreUnavailable;
}
