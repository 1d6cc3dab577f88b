package uz.koprik.indicators.observable.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.indicators.imports.layout.CellValues;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.observable.text.Recognition;
import uz.koprik.indicators.observable.text.Remark;

/** The valid ones are the examples of the IBAN registry. */
class NationalCheckTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AL47212110090000000235698741",
                "BA391290079401028494",
                "BE68539007547034",
                "CZ6508000000192000145399",
                "CZ9455000000001011038930",
                "DE89370400440532013000",
                "EE382200221020145685",
                "ES9121000418450200051332",
                "FI2112345600000785",
                "FR1420041010050500013M02606",
                "GB29NWBK60161331926819",
                "HR1210010051863000160",
                "HU42117730161111101800000000",
                "IT60X0542811101000000123456",
                "MC5811222000010123456789030",
                "ME25505000012345678951",
                "MK07250120000058984",
                "MR1300020001010000123456753",
                "NO9386011117947",
                "PL61109010140000071219812874",
                "PT50000201231234567890154",
                "RS35260005601001611379",
                "SI56263300012039086",
                "SK3112000000198742637541",
                "SM86U0322509800000000270100",
                "TL380080012345678910157",
                "TN5910006035183598478831",
                "XK051212012345678906"
            })
    void theExamplesOfTheRegistryFitAndAnotherDigitDoesNot(String iban) throws InvalidObservable {
        assertTrue(NationalCheck.fits(iban), iban);
        assertFalse(Recognition.PLAIN.recogniseOne(iban).orElseThrow().doubtful(), iban);
        if (iban.startsWith("DE") || iban.startsWith("GB")) {
            return; // no public rule for all banks
        }
        String wrong = withAnotherDigit(iban);
        assertEquals("iban:" + wrong, ObservableKind.IBAN.normalise(wrong).key(), "the check digits of the IBAN fit");
        RecognisedValue doubtful = Recognition.PLAIN.recogniseOne(wrong).orElseThrow();
        assertEquals(List.of(Remark.NATIONAL_CHECK), doubtful.remarks(), wrong);
        assertTrue(doubtful.doubtful());
        assertEquals(
                List.of(Remark.NATIONAL_CHECK),
                Recognition.PLAIN
                        .recognise("Pay to " + wrong + " today")
                        .getFirst()
                        .remarks());
    }

    @Test
    void aColumnThatNamesTheKindTakesIt() throws Exception {
        String wrong = withAnotherDigit("BE68539007547034");
        CellValues cells = new CellValues(Recognition.PLAIN);
        assertFalse(cells.read(wrong, List.of()).getFirst().doubt().isEmpty());
        CellValues.Found named = cells.read(wrong, List.of(ObservableKind.IBAN)).getFirst();
        assertEquals("", named.doubt());
        assertEquals(List.of(Remark.NATIONAL_CHECK), named.value().orElseThrow().remarks(), "and says what is wrong");
    }

    @Test
    void olderAccountsOfNorwayHaveAnotherRule() {
        assertTrue(NationalCheck.fits(iban("NO", "86010011111")));
    }

    /** The same with one digit changed that the national check covers, and check digits of the IBAN that fit. */
    private static String withAnotherDigit(String iban) {
        StringBuilder account = new StringBuilder(iban.substring(4));
        int at = iban.startsWith("NO") || iban.startsWith("CZ") || iban.startsWith("SK") ? 8 : 5;
        account.setCharAt(at, account.charAt(at) == '9' ? '8' : (char) (account.charAt(at) + 1));
        return iban(iban.substring(0, 2), account.toString());
    }

    private static String iban(String country, String account) {
        StringBuilder digits = new StringBuilder();
        (account + country + "00").chars().forEach(c -> digits.append(Character.digit(c, 36)));
        int check = 98
                - new BigInteger(digits.toString()).mod(BigInteger.valueOf(97)).intValue();
        return country + (check < 10 ? "0" : "") + check + account;
    }
}
