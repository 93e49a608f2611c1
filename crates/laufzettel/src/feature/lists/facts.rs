//! What the history of the administration tells of an entry: its fields with their values.

use super::List;
use super::store::Row;
use crate::record::administration::Value;

/// The fields of an entry that people set. Its place in the list is told by nobody.
pub fn values(list: List, row: &Row) -> Vec<Value> {
    let mut values = Values(Vec::new());
    values.text("name", Some(&row.name));
    values.text("name_en", row.name_en.as_ref());
    values.text("active", Some(&row.active.to_string()));
    match list {
        List::Areas => values.area(row),
        List::Queues => {
            values.text("short_name", row.short_name.as_ref());
            values.text("responsible", row.responsible.map(|id| id.to_string()).as_ref());
        }
        List::Statuses => {
            values.text("kind", row.kind.as_ref());
            values.number("area", row.area);
        }
        List::RequestTypes => values.flag("is_default", row.is_default),
        List::Priorities => {
            values.flag("is_default", row.is_default);
            values.number("hue", row.hue);
        }
        List::Categories => {
            values.number("parent", row.parent);
            values.number("priority", row.priority);
            values.flag("is_public", row.is_public);
        }
    }
    values.0
}

struct Values(Vec<Value>);

impl Values {
    fn text(&mut self, field: &str, text: Option<&String>) {
        self.0.push((field.to_owned(), text.cloned()));
    }

    fn flag(&mut self, field: &str, flag: Option<bool>) {
        self.0.push((field.to_owned(), flag.map(|flag| flag.to_string())));
    }

    fn number(&mut self, field: &str, number: Option<i64>) {
        self.0.push((field.to_owned(), number.map(|number| number.to_string())));
    }

    fn area(&mut self, row: &Row) {
        self.number("hue", row.hue);
        self.text("group_name", row.group_name.as_ref());
        self.text("description", row.description.as_ref());
        self.text("number_mask", row.number_mask.as_ref());
        self.text("sender", row.sender.map(|id| id.to_string()).as_ref());
        self.text("quote", row.quote.as_ref());
        self.text("on_answer", row.on_answer.as_ref());
        self.text("on_customer_answer", row.on_customer_answer.as_ref());
        self.text("after_closing", row.after_closing.as_ref());
        self.number("linked_after_days", row.linked_after_days);
        self.text("closing_mail", row.closing_mail.as_ref());
        self.flag("confirm_closing", row.confirm_closing);
        self.text("inform_assignee", row.inform_assignee.as_ref());
        self.flag("notify_requester", row.notify_requester);
        self.text("mail_header", row.mail_header.as_ref());
        self.text("mail_footer", row.mail_footer.as_ref());
        self.text("closing_text", row.closing_text.as_ref());
        self.text("told_new", row.told_new.as_ref());
        self.text("told_new_text", row.told_new_text.as_ref());
    }
}
