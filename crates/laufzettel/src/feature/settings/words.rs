//! Words of the settings: what is wrong with a mask, what fields are called.

use rules::number::{MaskProblem, MaskProblemKind};
use values::Language;

use crate::record::new_tickets::Field;
use crate::texts;

/// What is wrong with a mask of ticket numbers, in a sentence with its place (F-NUM-04).
pub fn mask_problem(language: Language, problem: &MaskProblem) -> String {
    let texts = texts::settings(language);
    let place = (problem.at + 1).to_string();
    match problem.kind {
        MaskProblemKind::NotConfigured => texts.mask_not_configured().to_owned(),
        MaskProblemKind::Blank => texts.mask_blank(&place),
        MaskProblemKind::ForeignCharacter(_) => texts.mask_foreign(&place),
        MaskProblemKind::StrayBrace => texts.mask_brace(&place),
        MaskProblemKind::UnknownTag(_) => texts.mask_unknown(&place),
        MaskProblemKind::NeedsCompanies(_) => texts.mask_companies(&place),
        MaskProblemKind::NoCounter => texts.mask_no_counter().to_owned(),
        MaskProblemKind::SecondCounter => texts.mask_second_counter(&place),
        MaskProblemKind::UnknownReset(_) => texts.mask_reset(&place),
        MaskProblemKind::CounterTooLong => texts.mask_counter_long(&place),
        MaskProblemKind::NeedsYear => texts.mask_year().to_owned(),
        MaskProblemKind::NeedsYearAndMonth => texts.mask_month().to_owned(),
        MaskProblemKind::TooLong => texts.mask_long().to_owned(),
    }
}

/// What a field of a new ticket is called.
pub fn required(language: Language, field: Field) -> &'static str {
    let texts = texts::settings(language);
    match field {
        Field::Requester => texts.required_requester(),
        Field::Company => texts.required_company(),
        Field::RequestType => texts.required_request_type(),
        Field::Category => texts.required_category(),
        Field::Queue => texts.required_queue(),
        Field::Assignee => texts.required_assignee(),
        Field::Tags => texts.required_tags(),
    }
}
