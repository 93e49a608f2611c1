//! The trial of an import, and the import itself, some rows at a time.

use db::{Operation, Reading, Result, Tx, View};
use values::Timestamp;

use super::column::Column;
use super::person::{self, Fault, Person};
use super::plan::{Decision, Known, Write, decide};
use super::store::{self, ImportId, Stored};
use super::table::{Row, Table};
use crate::feature::companies::doubles::Field;
use crate::feature::companies::{self, Double, Namesakes, SaveCompany};
use crate::feature::contacts::{self, Editor, SaveContact};
use crate::record::AgentId;
use crate::record::actor::Actor;

/// Rows that are looked up together, and rows of one transaction.
pub const AT_ONCE: usize = 200;
/// Faults that are told one by one.
const FAULTS_MAX: usize = 100;

/// What became of the rows, or what would.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// New contacts or companies.
    pub new: usize,
    /// Contacts that have something else now.
    pub changed: usize,
    /// Rows that say what is on record.
    pub same: usize,
    /// Rows that cannot be taken over.
    pub faulty: usize,
    /// The first of them: line and reason.
    pub faults: Vec<(u64, Fault)>,
}

impl Report {
    fn fault(&mut self, line: u64, fault: Fault) {
        self.faulty += 1;
        if self.faults.len() < FAULTS_MAX {
            self.faults.push((line, fault));
        }
    }

    fn wrote(&mut self, write: &Write) {
        match &write.person {
            Some((Some(_), _)) => self.changed += 1,
            Some((None, _)) | None => self.new += 1,
        }
    }
}

fn people<'a>(rows: &'a [Row], columns: &[Column], report: &mut Report) -> Vec<(&'a Row, Person)> {
    let mut people = Vec::new();
    for row in rows {
        match person::read(row, columns) {
            Ok(person) => people.push((row, person)),
            Err(fault) => report.fault(row.line, fault),
        }
    }
    people
}

/// Looks what an import would do. Nothing is written.
pub struct Trial<'a> {
    /// Who would do it.
    pub actor: &'a Actor,
    /// The file.
    pub table: &'a Table,
    /// What the columns are.
    pub columns: &'a [Column],
}

impl Reading for Trial<'_> {
    type Outcome = Report;

    async fn run(&self, view: &mut View<'_>) -> Result<Report> {
        let (mut report, mut known) = (Report::default(), Known::default());
        for rows in self.table.rows.chunks(AT_ONCE) {
            let people = people(rows, self.columns, &mut report);
            let sought: Vec<&Person> = people.iter().map(|(_, person)| person).collect();
            store::look_up(view, self.actor, &sought, &mut known).await?;
            for (row, person) in &people {
                match decide(person, &known) {
                    Decision::Same => report.same += 1,
                    Decision::Fault(fault) => report.fault(row.line, fault),
                    Decision::Write(write) => {
                        report.wrote(&write);
                        known.pretend(&write);
                    }
                }
            }
        }
        report.faults.sort_by_key(|(line, _)| *line);
        Ok(report)
    }
}

/// Takes some rows over, all or none of them. Done again, it changes nothing.
pub struct ImportRows<'a> {
    /// Who does it.
    pub editor: Editor<'a>,
    /// Who does it.
    pub actor: &'a Actor,
    /// The rows.
    pub rows: &'a [Row],
    /// What the columns are.
    pub columns: &'a [Column],
}

impl Operation for ImportRows<'_> {
    type Outcome = Report;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Report> {
        let (mut report, mut known) = (Report::default(), Known::default());
        let people = people(self.rows, self.columns, &mut report);
        let sought: Vec<&Person> = people.iter().map(|(_, person)| person).collect();
        store::look_up(tx, self.actor, &sought, &mut known).await?;
        for (row, person) in &people {
            match decide(person, &known) {
                Decision::Same => report.same += 1,
                Decision::Fault(fault) => report.fault(row.line, fault),
                Decision::Write(write) => match self.write(tx, &write, &mut known).await? {
                    Ok(()) => report.wrote(&write),
                    Err(fault) => report.fault(row.line, fault),
                },
            }
        }
        Ok(report)
    }
}

impl ImportRows<'_> {
    async fn write(
        &self,
        tx: &mut Tx<'_>,
        write: &Write,
        known: &mut Known,
    ) -> Result<std::result::Result<(), Fault>> {
        let editor = self.editor;
        let mut made = None;
        if let Some(fields) = &write.company {
            let namesakes = Namesakes::AreAllowed;
            let save = SaveCompany { editor, company: None, version: None, fields, namesakes };
            let company = match save.run(tx).await? {
                companies::Saved::Done(company) => company,
                companies::Saved::Doubles(doubles) => return Ok(Err(double(fields, &doubles))),
                _ => return Ok(Err(Fault::Hidden)),
            };
            let (number, domain) = (company.customer_number.as_deref(), company.domain.as_deref());
            known.put_company(company.id, &company.name, number, domain);
            made = Some(company.id);
        }
        let Some((contact, fields)) = &write.person else { return Ok(Ok(())) };
        let mut fields = fields.clone();
        if made.is_some() {
            fields.company = Some(made);
        }
        let save = SaveContact { editor, contact: *contact, version: None, fields: &fields };
        Ok(match save.run(tx).await? {
            contacts::Saved::Done(contact) => {
                known.put(*contact);
                Ok(())
            }
            contacts::Saved::AddressTaken(..) => Err(Fault::TwoContacts),
            contacts::Saved::AddressOurs(place) => {
                let ours = fields.addresses.iter().flatten().nth(place);
                Err(Fault::Ours(ours.map(ToString::to_string).unwrap_or_default()))
            }
            _ => Err(Fault::Hidden),
        })
    }
}

/// What only one company can have, and another one has got since it was looked up.
fn double(fields: &companies::Fields, doubles: &[Double]) -> Fault {
    let text = |field: &Option<Option<String>>| field.clone().flatten().unwrap_or_default();
    match doubles.first() {
        Some(Double { field: Field::Domain, .. }) => Fault::DomainTaken(text(&fields.domain)),
        _ => Fault::NumberTaken(text(&fields.customer_number)),
    }
}

/// Keeps an uploaded file until it is taken over.
pub struct KeepFile<'a> {
    /// Its id.
    pub id: ImportId,
    /// Who uploaded it.
    pub agent: AgentId,
    /// Its name.
    pub name: &'a str,
    /// Its bytes.
    pub content: &'a [u8],
    /// The present moment.
    pub now: Timestamp,
}

impl Operation for KeepFile<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        store::keep(tx, self.id, self.agent, self.name, self.content, self.now).await
    }
}

/// Forgets the files of an agent.
pub struct ForgetFiles(pub AgentId);

impl Operation for ForgetFiles {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        store::forget(tx, self.0).await
    }
}

/// Reads a file that an agent uploaded.
pub struct ReadFile(pub ImportId, pub AgentId);

impl Reading for ReadFile {
    type Outcome = Option<Stored>;

    async fn run(&self, view: &mut View<'_>) -> Result<Option<Stored>> {
        store::find(view, self.0, self.1).await
    }
}
