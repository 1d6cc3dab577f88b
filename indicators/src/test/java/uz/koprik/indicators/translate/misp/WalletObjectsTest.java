package uz.koprik.indicators.translate.misp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.extraction.ObservableExtraction;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.IndicatorWriter;
import uz.koprik.indicators.stix.KeyedIds;
import uz.koprik.indicators.stix.NewIndicator;
import uz.koprik.indicators.stix.StixReader;

/** Wallets of coins that MISP has no type for travel as coin-address objects and come back as the same value. */
class WalletObjectsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xlm:GAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQTCQKRMFYYDENBWHA5DYPSABOV",
                "xtz:tz1KjMn6Hb23eu1rNemou6ytAzzNxzvaYHyK",
                "doge:D5ERdEN1gsouFSs7zsq7VYJxyWP6dP28H1",
                "nano:nano_11a41e41c3i9316in4re3n91y61j4abja7ap4we3k8iu5igjw9s1qndbjhtg",
                "btc-test:mfcHP2WMCVLsVZA8yrovmhMgxNFW9r98xw",
                "sol:67WKXSxm4oc149PvQjdXLacKFZpK5DyYdqBwpiVydJbb",
                "sol:FnqbqF7YJekTNEMkZJMcujSouSfd4CzTacotg2LmSqeV"
            })
    void comeBack(String text) throws Exception {
        Observable value = ObservableKind.WALLET.normalise(text);
        IndicatorWriter writer = new IndicatorWriter(
                uz.koprik.indicators.stix.Samples.TASHKENT,
                uz.koprik.indicators.stix.Samples.SIGNER,
                new KeyedIds(new byte[32]));
        NewIndicator indicator = new NewIndicator(
                List.of(value), Optional.empty(), "Lure", "", List.of(), Tlp.GREEN, Optional.empty(), Optional.empty());
        StixToMisp.Result misp = StixToMisp.translate(
                List.of(StixReader.read(writer.write(indicator, uz.koprik.indicators.stix.Samples.NOW)
                        .bytes())),
                Samples.CENTRE);
        assertEquals(List.of(), misp.unexpressed());
        JsonObject event = misp.events().getFirst();
        Set<Observable> values = new java.util.HashSet<>();
        new MispToStix(Samples.CENTRE, Optional.of(Tlp.GREEN))
                .translate(event, "/Event")
                .objects()
                .forEach(object -> values.addAll(
                        ObservableExtraction.of(object.json(), Samples.CENTRE).observables()));
        assertEquals(Set.of(value), values);
    }
}
