package uz.koprik.indicators.imports.layout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.stix.values.StixTimestamp;

/**
 * Names of columns as the field writes them, in English, Russian, Uzbek (both scripts), German, Hungarian and Korean;
 * further languages are in {@link LanguageWords}. A name is compared without case, blanks and punctuation. Many names
 * have several meanings; {@link ColumnChoice} looks at the cells to decide.
 */
final class HeaderWords {

    /**
     * One meaning of a name.
     *
     * @param role what a column of this name is used for
     * @param kinds for values, the kinds that the name allows; empty for any
     * @param rank the lower of two goes first, where one column has the role
     * @param weak whether the cells must speak for it, too
     */
    record Meaning(ColumnRole role, List<ObservableKind> kinds, int rank, boolean weak) {}

    private record Row(ColumnRole role, boolean weak, String words) {}

    /** Names of columns with a judgement, of which only some words say that a value is harmless. */
    private static final String VERDICTS = "verdict action disposition вердикт urteil xulosa хулоса ítélet 판정 조치"
            + " reputation maliciousness metamaliciousness classification";

    /** Those of them whose numbers are grades rather than yes and no. */
    private static final Set<String> GRADES = Set.of("reputation", "maliciousness", "metamaliciousness");

    /** Names of columns with the moment at which a report was withdrawn. */
    private static final String MOMENTS_OF_END =
            "revokedat revokedon revocationdate revocationtime daterevoked revokeddate withdrawnat withdrawnon deletedat deletedon removedat retractedat"
                    + " датаотзыва датаудаления widerrufenam gelöschtam visszavonásdátuma bekorqilingansana"
                    + " бекорқилингансана 철회일 철회일시 폐기일 삭제일";

    private static final Set<String> NAMES_OF_MOMENTS = Set.of(MOMENTS_OF_END.split(" "));

    private static final Set<String> VERDICT_NAMES = Set.of(VERDICTS.split(" "));

    /** The first word of a row is the best name for its role. */
    private static final List<Row> ROWS = List.of(
            new Row(
                    ColumnRole.VALUE,
                    false,
                    "value indicator ioc observable threatindicator iocvalue indicatorvalue observablevalue observabledata artifact"
                            + " attributevalue iocs indicators observables indicatorofcompromise values selector"
                            + " wert werte indikator indikatorwert"
                            + " значение значениеиндикатора индикатор индикаторы индикаторкомпрометации показатель наблюдаемое"
                            + " qiymat qiymati indikator ko'rsatkich korsatkich қиймат қиймати кўрсаткич"
                            + " érték értek ertek indikátor mutató jelző"
                            + " 값 지표 침해지표 침해지표값 지표값 관측값 탐지값"),
            new Row(
                    ColumnRole.VALUE,
                    true,
                    "data address addresses entry item content resource target string object threat iocdata evidence artefact key"
                            + " адрес данные объект adresse daten manzil манзил maʼlumot malumot маълумот obyekt объект"
                            + " cím adat 주소 데이터 대상"),
            new Row(
                    ColumnRole.KIND,
                    false,
                    "kind type indicatortype ioctype observabletype datatype entitytype attributetype valuetype"
                            + " hashtype filehashtype algorithm indikátortípusa indikátortípus mutatótípusa"
                            + " typ art kategorietyp indikatortyp тип вид типиндикатора типданных типзначения turi tur"
                            + " тури тур indikatorturi típus fajta típusa 유형 종류 타입 형식 구분 지표유형"),
            new Row(
                    ColumnRole.KIND,
                    true,
                    "indicator ioc observable xopenctimainobservabletype mainobservabletype currency coin category"
                            + " class валюта währung valyuta pénznem 통화 категория kategorie"),
            new Row(
                    ColumnRole.NAME,
                    false,
                    "name title malwareprintable malware malwarefamily family signature threatname indicatorname"
                            + " malwarename имя название наименование семейство заголовок bezeichnung titel nomi номи nom"
                            + " сарлавҳа sarlavha név megnevezés cím 이름 명칭 제목 악성코드 악성코드명"),
            new Row(
                    ColumnRole.DESCRIPTION,
                    false,
                    "description comment comments note notes remark remarks details message context ioc iocdescription"
                            + " descr desc data bemerkung beschreibung kommentar anmerkung hinweis notiz описание комментарий"
                            + " комментарии примечание пояснение заметка tavsif tavsifi izoh тавсиф тавсифи изоҳ leírás"
                            + " megjegyzés 설명 비고 메모 코멘트"),
            new Row(
                    ColumnRole.LABELS,
                    false,
                    "labels label objectlabel objectlabels tags tag attributetag ioctags threattype threat threattypes category categories метки метка тег теги"
                            + " категория schlagwörter schlagworte schlagwort kategorie kategorien etiketten yorliq yorliqlar"
                            + " teg teglar ёрлиқ ёрлиқлар тег теглар toifa тоифа címke címkék kategória 태그 라벨 분류"),
            new Row(
                    ColumnRole.TLP,
                    false,
                    "tlp tlplevel ioctlp tlpid ioctlpid marking markings objectmarking objectmarkings objectmarkingrefs tlpmarking"
                            + " trafficlight trafficlightprotocol classification sharing гриф метка tlp маркировка меткаtlp tlpметка"
                            + " kennzeichnung einstufung markirovka tamgʻa tamga belgi белги белгиси тамға jelölés besorolás 등급 tlp등급 공유등급"
                            + " 배포등급"),
            new Row(
                    ColumnRole.VALID_FROM,
                    false,
                    "validfrom firstseen firstseenutc dateadded submissiontime added created createdat creationdate"
                            + " startdate firstsubmission detected detectiondate observed reported date timestamp"
                            + " gültigab gültigvon gueltigab gueltigvon erstmalsgesehen zuerstgesehen datum erstellt"
                            + " действуетс действителенс началодействия перваяфиксация впервыезамечен впервыеобнаружен"
                            + " датаобнаружения обнаружен датавыявления выявлен датафиксации датадобавления дата начало"
                            + " amalqilishboshlanishi boshlanishi birinchikorilgan sana амалқилишбошланиши бошланиши сана"
                            + " érvényességkezdete érvényestől érvényesettől elsőészlelés dátum kezdete"
                            + " 유효시작 유효시작일 최초탐지 최초탐지일 최초발견 탐지일 탐지일시 등록일 날짜 일자"),
            new Row(
                    ColumnRole.VALID_UNTIL,
                    false,
                    "validuntil validto validtill validthrough validthru expires expiry expirydate expiration expirationtime expirationdate"
                            + " expireson expiresat expirationdatetime expiretime expiredate until enddate"
                            + " expirationts expirationtimestamp expiredat validuntildate validuntiltime validityend validityenddate endofvalidity validityuntil"
                            + " expire validtilldate validuntildatetime retireat retiredate действительнопо срокгодности lejáratdátuma"
                            + " gültigbis gueltigbis gültigkeitsende gueltigkeitsende ablauf ablaufdatum läuftab verfällt verfallsdatum"
                            + " действуетдо действителендо действуетпо действителенпо годендо окончаниедействия срокдействия срок истекает датаистечения датаокончания"
                            + " датаокончаниядействия датаокончаниясрокадействия срокдействиядо действительнодо"
                            + " окончание amalqilishmuddati amalqiladi muddati muddat tugashi tugashsanasi amalqilishtugashi"
                            + " амалқилишмуддати муддати муддат тугаши тугашсанаси амалқилиштугаши"
                            + " érvényességvége érvényesség érvényes érvényesig érvényeseddig lejárat lejár lejárata lejáratidátum"
                            + " 만료 만료일 만료일시 만료날짜 유효종료 유효종료일 유효기간 유효기한 종료일"),
            new Row(
                    ColumnRole.CONFIDENCE,
                    false,
                    "confidence confidencelevel confidencescore maliciousconfidence abuseconfidencescore confidencepercent достоверность уверенность степеньдостоверности konfidenz"
                            + " vertrauen vertrauensgrad ishonch ishonchlilik ишонч ишончлилик bizalom megbízhatóság 신뢰도"
                            + " 확신도"),
            new Row(
                    ColumnRole.REVOKED,
                    false,
                    "revoked isrevoked withdrawn deleted isdeleted falsepositive isfalsepositive whitelisted iswhitelisted"
                            + " allowlisted isallowlisted benign isbenign retracted removed"
                            + " revocation isfp suppressed issuppressed " + MOMENTS_OF_END
                            + " белыйсписок oqroyxat оқрўйхат weißeliste fehérlista 화이트리스트 허용목록"
                            + " whitelist allowlist outdated obsolete invalid isinvalid"
                            + " просрочен просрочено истек истёк неактуален неактуально недействителен"
                            + " недействительно ложноесрабатывание отменен отменён отменено"
                            + " abgelaufen ungültig falschpositiv inaktiv"
                            + " muddatiotgan муддатиўтган"
                            + " lejárt érvénytelen hamispozitív inaktív"
                            + " 오탐 오탐여부 만료됨 만료여부 비활성 비활성여부 무효"
                            + " disabled isdisabled отключен отключён отключено deaktiviert letiltva ўчирилган oʻchirilgan 비활성화"
                            + " expired isexpired inactive isinactive cancelled canceled recalled invalidated"
                            + " отозван отозвано отозвана аннулирован аннулировано удален удалено неактивен widerrufen zurückgezogen zurueckgezogen gelöscht bekorqilingan"
                            + " qaytaribolingan бекорқилинган қайтариболинган visszavont visszavonva törölt törölve 철회 철회됨 철회여부 폐기"
                            + " 폐기됨 폐기여부 삭제 삭제됨 삭제여부"),
            new Row(
                    ColumnRole.ACTIVE,
                    false,
                    "active isactive актуален актуально активно iscurrent live islive enabled isenabled inforce isvalid stillvalid активен действует aktiv gültig faol фаол aktív"
                            + " 활성 활성여부 유효 유효여부"),
            new Row(ColumnRole.ACTIVE, true, "valid"),
            // A state may be anything; words such as "revoked" in its cells decide.
            new Row(
                    ColumnRole.REVOKED,
                    true,
                    "status state recordstatus threatstatus lifecycle lifecyclestatus validity актуальность статус состояние zustand holat holati ҳолат ҳолати állapot"
                            + " státusz 상태"),
            new Row(ColumnRole.DETECTION, true, "toids ioc isioc foids detection malicious ismalicious " + VERDICTS),
            new Row(
                    ColumnRole.PATTERN,
                    false,
                    "pattern stixpattern indicatorpattern шаблон паттерн muster andoza андоза minta 패턴"),
            new Row(ColumnRole.PATTERN_TYPE, false, "patterntype patternlanguage"),
            new Row(ColumnRole.PORT, false, "port dstport destport destinationport remoteport ports порт 포트"),
            new Row(
                    ColumnRole.FILE_NAME,
                    false,
                    "filename filenames file имяфайла названиефайла dateiname datei faylnomi fayl файлноми файл fájlnév"
                            + " fájl 파일명 파일이름 파일"));

    /** Type words that are too usual to make a column of values by themselves. */
    private static final List<String> WEAK_KINDS = List.of(
            ("link weblink website host server c2 c2server file files sample artifact path uripath urlpath httppath as asn"
                            + " registry asnumber autonomoussystem autonomoussystemnumber")
                    .split(" "));

    /** Type words that are no names of columns of values. */
    private static final List<String> NO_VALUES = List.of(
            ("other indicator ioc observable value unknown any misc text прочее другое sonstiges andere boshqa бошқа egyéb"
                            + " 기타 network account address filename filenamepattern имяфайла dateiname faylnomi файлноми"
                            + " fájlnév 파일명 useragent cve cveid vulnerability filepath country signal")
                    .split(" "));

    /** Words before the name of a kind that say whose values a column has. */
    private static final Set<String> HARMFUL =
            Set.of(("malicious phishing c2 c&c attacker mule scam fraud fraudulent malware"
                            + " вредоносный вредоносная вредоносные schadhafte schädliche bösartige zararli зарарли kártékony"
                            + " rosszindulatú 악성 피싱")
                    .split(" ", -1));

    private static final Pattern VICTIM = Pattern.compile(
            "victim|complainant|injured|потерпевш|заявител|пострадавш|geschädigt|opfer|jabrlanuvchi|жабрланувчи|sértett|károsult"
                    + "|피해자|plaignant|poszkodowan|mağdur|víctima|жәбірленуш|потерпіл|受害|被害");

    /** Who paid; in tables of mail, senders are those who attack. */
    private static final Pattern PAYER = Pattern.compile(
            "sender|payer|debtor|отправител|плательщик|absender|auftraggeber|yuboruvchi|юборувчи|feladó|송금인|expéditeur"
                    + "|nadawc|gönderen|remitente|жіберуш");

    /** Columns of reports to those whose machines are infected. */
    private static final Set<String> INFECTED = Set.of("infection", "infected", "infectedip", "infectiontype");

    private static final Set<String> OWNERS =
            Set.of("isp", "org", "organization", "organisation", "usagetype", "asname", "asnname", "netname");

    /** What the rest of a name is about. */
    private static final List<String> SUBJECTS = List.of("indicator", "ioc", "observable", "attribute");

    private static final Pattern PREFIX = Pattern.compile("^(?:x_(?:opencti_)?|threat[._]indicator[._])");

    private static final List<String> ZONES = List.of("_utc", " utc", "_gmt", " gmt");

    private static final Map<String, List<Meaning>> MEANINGS = meanings();

    private HeaderWords() {}

    /** All meanings of the name of a column, that of {@link ColumnRole} first; empty for a name without one. */
    static List<Meaning> of(String name) {
        List<Meaning> meanings = ofBare(TypeWords.bare(name));
        return meanings.isEmpty() ? ofDressed(name) : meanings;
    }

    /**
     * The meanings of a name with words beside it that change nothing: a unit, a prefix of extensions, the word TLP.
     */
    private static List<Meaning> ofDressed(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT);
        for (String word : plain.split("[^\\p{L}\\p{N}]+", -1)) {
            if (word.equals("tlp")) {
                return ofBare("tlp");
            }
        }
        int blank = plain.indexOf(' ');
        if (blank > 0 && HARMFUL.contains(plain.substring(0, blank))) {
            return ofBare(TypeWords.bare(plain.substring(blank)));
        }
        for (String subject : SUBJECTS) {
            if (plain.startsWith(subject)) { // a URL of an indicator may be that of a page about it
                List<Meaning> rest = ofBare(TypeWords.bare(plain.substring(subject.length())));
                if (rest.stream().noneMatch(meaning -> meaning.role() == ColumnRole.VALUE)) {
                    return rest;
                }
            }
        }
        int bracket = plain.indexOf('(');
        if (bracket > 0 && plain.endsWith(")")) {
            plain = plain.substring(0, bracket).strip();
        }
        for (String zone : ZONES) {
            if (plain.endsWith(zone)) {
                plain = plain.substring(0, plain.length() - zone.length());
            }
        }
        return ofBare(TypeWords.bare(PREFIX.matcher(plain).replaceFirst("")));
    }

    private static List<Meaning> ofBare(String bare) {
        List<Meaning> known = MEANINGS.getOrDefault(bare, List.of());
        if (NO_VALUES.contains(bare)) {
            return known;
        }
        List<ObservableKind> kinds = TypeWords.of(bare)
                .filter(TypeWords.Meaning::held)
                .map(TypeWords.Meaning::kinds)
                .orElse(List.of());
        if (kinds.isEmpty()) {
            return known;
        }
        List<Meaning> all = new ArrayList<>(known);
        all.add(new Meaning(ColumnRole.VALUE, kinds, 100, WEAK_KINDS.contains(bare)));
        return all;
    }

    /** Whether a name is that of a column of values by itself. */
    static boolean namesValues(String name) {
        return of(name).stream()
                .anyMatch(meaning -> (meaning.role() == ColumnRole.VALUE && !meaning.weak())
                        || meaning.role() == ColumnRole.PATTERN);
    }

    /**
     * Whether a column is about those who were harmed, so that values of this kind beside it may be theirs.
     *
     * @param name of the column
     */
    static boolean namesVictim(String name, ObservableKind kind) {
        String plain = name.toLowerCase(Locale.ROOT);
        return switch (kind) {
            case PHONE, IBAN, BANK_ACCOUNT, PAYMENT_CARD ->
                VICTIM.matcher(plain).find() || PAYER.matcher(plain).find();
            case EMAIL, MESSENGER -> VICTIM.matcher(plain).find();
            case IPV4, DOMAIN, ASN -> INFECTED.contains(TypeWords.bare(name));
            default -> false;
        };
    }

    /** Whether the name of a column says that its values are of those who harm. */
    static boolean namesHarmful(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT);
        int blank = plain.indexOf(' ');
        return blank > 0 && HARMFUL.contains(plain.substring(0, blank));
    }

    /** Whether a column says who owns a network. */
    static boolean namesOwner(String name) {
        return OWNERS.contains(TypeWords.bare(name));
    }

    /** Whether a column of this name says to whom a value may go, or until when it counts. */
    static boolean limits(String name) {
        return of(name).stream()
                .anyMatch(meaning -> !meaning.weak()
                        && switch (meaning.role()) {
                            case TLP, VALID_UNTIL, REVOKED, ACTIVE -> true;
                            default -> false;
                        });
    }

    /** Whether a text under this name, around records, limits each of them in a way that can be read. */
    static boolean inherits(String name, String text) {
        return of(name).stream()
                .anyMatch(meaning -> !meaning.weak()
                        && switch (meaning.role()) {
                            case TLP ->
                                CellForms.tlp(text, name).isPresent()
                                        || TypeWords.bare(name).matches(".*(tlp|marking).*");
                            case VALID_UNTIL -> CellForms.time(text) != StixTimestamp.INVALID;
                            case REVOKED -> CellForms.withdrawn(text, name).isPresent();
                            case ACTIVE -> CellForms.inForce(text).isPresent();
                            case CONFIDENCE -> CellForms.confidence(text) >= 0;
                            default -> false;
                        });
    }

    /** Whether two names limit a record in one way, such as "marking" and "tlp". */
    static boolean limitsAlike(String one, String other) {
        return limits(one)
                && limits(other)
                && of(one).getFirst().role() == of(other).getFirst().role();
    }

    /** Whether a column of this name has states, of which only some words say that a report counts no more. */
    static boolean isState(String name) {
        return of(name).stream().anyMatch(meaning -> meaning.role() == ColumnRole.REVOKED && meaning.weak());
    }

    /** Whether a column of this name has the moment at which a report was withdrawn. */
    static boolean isMomentOfEnd(String name) {
        return NAMES_OF_MOMENTS.contains(TypeWords.bare(name));
    }

    /** Whether a column of this name has grades, where numbers are neither yes nor no. */
    static boolean isGrade(String name) {
        return GRADES.contains(TypeWords.bare(name));
    }

    /** Whether a column of this name has judgements, of which only some words say that a value is harmless. */
    static boolean isVerdict(String name) {
        return VERDICT_NAMES.contains(TypeWords.bare(name));
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>(ROWS);
        LanguageWords.HEADERS.forEach(names -> rows.add(new Row(names.role(), names.weak(), names.words())));
        return rows;
    }

    private static Map<String, List<Meaning>> meanings() {
        Map<String, List<Meaning>> meanings = new HashMap<>();
        for (Row row : rows()) {
            int rank = 0;
            for (String word : row.words.split(" ", -1)) {
                List<Meaning> of = meanings.computeIfAbsent(TypeWords.bare(word), w -> new ArrayList<>());
                if (of.stream().noneMatch(meaning -> meaning.role == row.role)) {
                    of.add(new Meaning(row.role, List.of(), rank++, row.weak));
                }
            }
        }
        return Map.copyOf(meanings);
    }
}
