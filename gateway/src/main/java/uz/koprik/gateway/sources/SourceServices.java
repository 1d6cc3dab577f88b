package uz.koprik.gateway.sources;

import java.nio.file.Path;
import java.time.InstantSource;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.observable.text.Recognition;
import uz.koprik.indicators.store.state.StateStore;
import uz.koprik.indicators.warninglist.ProtectedValues;

/**
 * What the feeds of others work with.
 *
 * @param localCentre this centre
 * @param intake the way in
 * @param release the way out
 * @param protectedValues what is never blocked
 * @param recognition recognises values, with the centre's card tokens
 * @param stateStore where states of feeds are kept
 * @param incoming folder for content that is being read
 * @param clock the time
 */
public record SourceServices(
        LocalCentre localCentre,
        Intake intake,
        Release release,
        ProtectedValues protectedValues,
        Recognition recognition,
        StateStore stateStore,
        Path incoming,
        InstantSource clock) {}
